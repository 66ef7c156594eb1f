// Saving the picture as it stands, as PNG or SVG, with its heading and legend.

// A canvas context that writes down what it is told to draw, as SVG.

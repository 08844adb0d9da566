"""Expected numbers for saliency-measures.test.ts and pointing-game.test.ts: shares outside a mask with the map drawn by scipy.ndimage, and
distances in the pointing game over the pixels of the 224 grid. Needs numpy and scipy."""
import numpy as np
import scipy
from scipy.ndimage import map_coordinates
from scipy.spatial import cKDTree

print("numpy", np.__version__, "scipy", scipy.__version__)


def wave(count, k):
    i = np.arange(count, dtype=np.float64)
    x = np.sin(i * 12.9898 + k * 78.233) * 43758.5453
    return x - np.floor(x)


def drawn(grid, height, width):
    """Bilinear between the centres of cells, the outermost held to the border."""
    y = (np.arange(height) + 0.5) * grid.shape[0] / height - 0.5
    x = (np.arange(width) + 0.5) * grid.shape[1] / width - 0.5
    return map_coordinates(grid, np.meshgrid(y, x, indexing="ij"), order=1, mode="nearest")


def lungs(height, width):
    """Two ellipses, as in the test."""
    y, x = np.mgrid[0:height, 0:width] + 0.5
    sides = [((x / width - c) / 0.17) ** 2 + ((y / height - 0.5) / 0.36) ** 2 <= 1 for c in (0.28, 0.72)]
    return sides[0] | sides[1]


for rows, columns, height, width, k in ((7, 7, 390, 320, 31), (7, 7, 5, 4, 32), (3, 5, 224, 301, 33)):
    grid = np.maximum(wave(rows * columns, k) - 0.4, -0.1).astype(np.float32).astype(np.float64).reshape(rows, columns)
    energy = np.maximum(drawn(np.maximum(grid, 0), height, width), 0)
    print((rows, columns, height, width, k), round(float(energy[~lungs(height, width)].sum() / energy.sum()), 9))

SIDE = 224
for name, rows, columns, peak, film, shape, x, y, w, h in (
    ("inside a rectangle", 7, 7, 24, (2000, 2500), "rectangle", 900, 1100, 300, 300),
    ("beside a rectangle", 7, 7, 24, (2000, 2500), "rectangle", 1100, 1100, 300, 300),
    ("far from a rectangle", 7, 7, 0, (2000, 2500), "rectangle", 1100, 1100, 300, 300),
    ("corner of an ellipse", 7, 7, 24, (2000, 2500), "ellipse", 1000, 1250, 300, 400),
    ("the same box", 7, 7, 24, (2000, 2500), "rectangle", 1000, 1250, 300, 400),
    ("in an ellipse, 3 x 5", 3, 5, 7, (320, 390), "ellipse", 120, 150, 90, 90),
    ("far ellipse, 3 x 5", 3, 5, 14, (320, 390), "ellipse", 120, 150, 90, 90),
):
    values = np.zeros((rows, columns))
    values.flat[peak] = 1
    # The drawn map's own maximum, on a grid that has a pixel centre at every centre of a cell.
    fine = drawn(values, rows * 101, columns * 101)
    at = np.argwhere(fine == fine.max())
    point = ((at + 0.5) / 101).mean(0) if 0 < peak % columns < columns - 1 and 0 < peak // columns < rows - 1 else None
    point = ((np.unravel_index(peak, (rows, columns)) + np.array(0.5)) if point is None else point) * SIDE / np.array([rows, columns])
    py, px = np.mgrid[0:SIDE, 0:SIDE] + 0.5
    u, v = (px * film[0] / SIDE - x) / w, (py * film[1] / SIDE - y) / h
    region = (u >= 0) & (u <= 1) & (v >= 0) & (v <= 1) if shape == "rectangle" else (2 * u - 1) ** 2 + (2 * v - 1) ** 2 <= 1
    distance = cKDTree(np.column_stack([py[region], px[region]])).query(point)[0]
    print(name, round(float(distance), 6), "within 15:", bool(distance <= 15))

"""Expected numbers for perturbation.test.ts: deletion and insertion as RISE defines them (Petsiuk et al. 2018).

Needs torch (its bilinear), scipy (its Gaussian and trapezia) and numpy. The model is a logistic of the input by
formula, so that the curves need no network. Writes perturbation.json.
"""
import json
import pathlib

import numpy as np
import torch
from scipy.integrate import trapezoid
from scipy.ndimage import gaussian_filter1d

SIZE, CHANNELS, GRID, STEPS = 40, 3, (3, 4), 20


def wave(count, k):
    i = np.arange(count, dtype=np.float64)
    x = np.sin(i * 12.9898 + k * 78.233) * 43758.5453
    return (x - np.floor(x)).astype(np.float32).astype(np.float64)


def probability(image):
    return 1 / (1 + np.exp(-(image.ravel() @ ((wave(image.size, 3) - 0.5) / 10))))


def curve(start, finish, order):
    current, found, flat = start.reshape(-1, CHANNELS).copy(), [], finish.reshape(-1, CHANNELS)
    for step in range(STEPS + 1):
        changed = order[: round(step * len(order) / STEPS)]
        current[changed] = flat[changed]
        found.append(float(f"{probability(current):.7g}"))
    return found


image = wave(SIZE * SIZE * CHANNELS, 1).reshape(SIZE, SIZE, CHANNELS)
cells = torch.tensor(wave(GRID[0] * GRID[1], 2).reshape(1, 1, *GRID))
large = torch.nn.functional.interpolate(cells, size=(SIZE, SIZE), mode="bilinear", align_corners=False).numpy().ravel()
mean = np.broadcast_to(image.mean((0, 1)), image.shape)
blurred = image
for axis in (0, 1):
    blurred = gaussian_filter1d(blurred, 5 * SIZE / 224, axis=axis, mode="nearest", truncate=3)

# The control's order, which also decides between equals, is the last pixel first.
control = np.arange(SIZE * SIZE)[::-1]
# Rounded, since torch's edges, all equal, come out with noise in the last bit.
order = control[np.argsort(-np.round(large[control], 12), kind="stable")]
curves = {
    "deletion": curve(image, mean, order),
    "insertion": curve(blurred, image, order),
    "randomDeletion": curve(image, mean, control),
    "randomInsertion": curve(blurred, image, control),
}
areas = {name: float(f"{trapezoid(c, dx=1 / STEPS):.7g}") for name, c in curves.items()}
print(areas, curves["deletion"])
path = pathlib.Path(__file__).with_name("perturbation.json")
path.write_text(json.dumps({"curves": curves, "areas": areas}) + "\n")

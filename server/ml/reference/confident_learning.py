"""Expected numbers for the test of confident learning. Needs cleanlab and numpy."""
import json
import os

import cleanlab
import numpy as np
from cleanlab.count import compute_confident_joint, get_confident_thresholds
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_label_quality_scores

print("cleanlab", cleanlab.__version__)


def wave(count, k):
    i = np.arange(count, dtype=np.float64)
    x = np.sin(i * 12.9898 + k * 78.233) * 43758.5453
    return x - np.floor(x)


def planted(images, classes, noise):
    """A truth, labels of which a share is another class, and probabilities; the twin of planted-labels.ts."""
    truth = np.floor(wave(images, 1000) ** 1.5 * classes).astype(int)
    moved = (truth + 1 + np.floor(wave(images, 1001) * (classes - 1)).astype(int)) % classes
    labels = np.where(wave(images, 1002) < noise, moved, truth)
    raw = np.stack([wave(images, 1010 + k) + 0.9 * wave(images, 1003) * (truth == k) for k in range(classes)], 1)
    raw = raw**2
    return labels, raw / raw.sum(1, keepdims=True)


expected = {}
for name, images, classes, noise in [("two", 400, 2, 0.1), ("four", 600, 4, 0.15), ("rare", 300, 5, 0.05)]:
    labels, probabilities = planted(images, classes, noise)
    cell = {}
    cell["thresholds"] = get_confident_thresholds(labels, probabilities).tolist()
    # The diagonal is at least one there.
    cell["counts"] = compute_confident_joint(labels, probabilities, calibrate=False).tolist()
    for rank in ["self_confidence", "normalized_margin"]:
        found = find_label_issues(labels, probabilities, filter_by="confident_learning",
                                  return_indices_ranked_by=rank, n_jobs=1)
        scores = get_label_quality_scores(labels, probabilities, method=rank)[found]
        cell[rank] = {"order": found.tolist(), "scores": [round(float(s), 10) for s in scores]}
    expected[name] = cell

with open(os.path.join(os.path.dirname(__file__), "confident_learning.json"), "w") as file:
    json.dump(expected, file, separators=(",", ":"))
    file.write("\n")
for name, cell in expected.items():
    print(name, len(cell["self_confidence"]["order"]), cell["counts"], cell["self_confidence"]["order"][:5])

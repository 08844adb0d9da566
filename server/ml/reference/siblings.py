"""Expected numbers for integrity/sibling-cost.test.ts. Needs numpy and scikit-learn."""
import numpy as np
import sklearn
from sklearn.metrics import recall_score, roc_auc_score

print("sklearn", sklearn.__version__)


def wave(count, k):
    i = np.arange(count, dtype=np.float64)
    x = np.sin(i * 12.9898 + k * 78.233) * 43758.5453
    return x - np.floor(x)


n = 60
labels = (wave(n, 1) > 0.4).astype(int)
records = []
for split in range(6):
    test = [row for row in range(n) if (row + split) % 3 == 0]
    leaked = [(row // 3 + split) % 2 for row in test]
    scores = {}
    for side, lift in (("with", 0.6), ("without", 0.35)):
        noise = wave(n, 10 + split + (50 if side == "without" else 0))
        first = np.clip(0.7 * noise + lift * (1 - labels) - 0.1, 0, 1).astype(np.float32)
        scores[side] = [float(first[row]) for row in test]
    records.append((test, leaked, scores))

for on in ("leaked", "clean", "all"):
    keep = lambda l: on == "all" or (l == 1) == (on == "leaked")
    for side in ("with", "without"):
        truth, score, aucs, images = [], [], [], set()
        for test, leaked, scores in records:
            rows = [(labels[r], s) for r, l, s in zip(test, leaked, scores[side]) if keep(l)]
            images |= {r for r, l in zip(test, leaked) if keep(l)}
            truth += [t for t, _ in rows]
            score += [s for _, s in rows]
            aucs.append(roc_auc_score([t == 0 for t, _ in rows], [s for _, s in rows]))
        predicted = [0 if s >= 0.5 else 1 for s in score]
        print(on, side, len(images), "sensitivity", round(recall_score(truth, predicted, pos_label=0), 8),
              "specificity", round(recall_score(truth, predicted, pos_label=1), 8), "auc", round(float(np.mean(aucs)), 8))

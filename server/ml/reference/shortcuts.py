"""Expected numbers for the tests of association, logistic, folded and border. Needs numpy, scipy, scikit-learn and pillow."""
import numpy as np
import PIL
import scipy
import sklearn
from PIL import Image
from scipy.stats import chi2_contingency
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import PredefinedSplit, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

print("scipy", scipy.__version__, "sklearn", sklearn.__version__, "pillow", PIL.__version__)


def wave(count, k):
    i = np.arange(count, dtype=np.float64)
    x = np.sin(i * 12.9898 + k * 78.233) * 43758.5453
    return x - np.floor(x)


def cramers_v(table):
    """Bergsma 2013 over SciPy's chi-squared."""
    table = np.asarray(table, dtype=float)
    n, (r, c) = table.sum(), table.shape
    phi2 = chi2_contingency(table, correction=False).statistic / n
    excess = max(0, phi2 - (r - 1) * (c - 1) / (n - 1))
    rt, ct = r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)
    return float(np.sqrt(excess / min(rt - 1, ct - 1)))


for table in ([[30, 10], [12, 48]], [[5, 9, 6], [14, 3, 8], [7, 7, 21], [2, 6, 1]], [[132, 0], [0, 1360]], [[10, 11], [9, 10]]):
    print("V", table, round(cramers_v(table), 10))

n = 90
x = np.stack([wave(n, 1), 5 + 3 * wave(n, 2), wave(n, 3) ** 2], axis=1)
y = (x[:, 0] + 0.2 * x[:, 1] + 0.8 * wave(n, 4) > 2.0).astype(int)
model = make_pipeline(StandardScaler(), LogisticRegression(C=1, tol=1e-12, max_iter=10000))
model.fit(x, y)
fitted = model[-1]
print("positives", int(y.sum()), "logistic", np.round(np.concatenate([fitted.intercept_, fitted.coef_[0]]), 7).tolist())
print("odds", np.round(model.decision_function(x)[:4], 7).tolist())
fold = (wave(n, 5) * 5).astype(int)
print("fold aucs", np.round(cross_val_score(model, x, y, cv=PredefinedSplit(fold), scoring="roc_auc"), 8).tolist())
print("mean", round(float(cross_val_score(model, x, y, cv=PredefinedSplit(fold), scoring="roc_auc").mean()), 8))
print("all together", round(float(roc_auc_score(y, model.decision_function(x))), 8))

width, height = 100, 80
i = np.arange(width * height, dtype=np.int64)
film = ((i // width) * 2 + (i % width) + (i * i * 7 % 40)).clip(0, 255).astype(np.uint8).reshape(height, width)
film[:6, :50] = 0
film[70:, 60:] = 255
small = np.asarray(Image.fromarray(film).resize((64, 64), Image.BILINEAR)).astype(float)
inside = np.zeros((64, 64), dtype=bool)
inside[4:60, 4:60] = True
frame = small[~inside]
sides = [small[:4], small[60:], small[:, :4], small[:, 60:]]
corners = [small[:8, :8], small[:8, 56:], small[56:, :8], small[56:, 56:]]
statistics = (
    [s.mean() / 255 for s in sides]
    + [s.std() / 255 for s in sides]
    + [c.mean() / 255 for c in corners]
    + [(frame <= 8).mean(), (frame >= 247).mean(), frame.mean() / 255]
)
print("border", np.round(statistics, 7).tolist())

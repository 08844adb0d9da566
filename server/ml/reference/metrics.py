"""Expected numbers for the metrics' tests. Needs scikit-learn, statsmodels, scipy and numpy."""
import numpy as np
import scipy
import scipy.special
import sklearn
import statsmodels
from scipy import stats
from sklearn import metrics as m
from statsmodels.stats.contingency_tables import mcnemar

print("sklearn", sklearn.__version__, "scipy", scipy.__version__, "statsmodels", statsmodels.__version__)


def wave(count, k):
    i = np.arange(count, dtype=np.float64)
    x = np.sin(i * 12.9898 + k * 78.233) * 43758.5453
    return x - np.floor(x)


def r(x):
    return np.round(np.asarray(x, dtype=float), 8).tolist()


def ece(p, y, bins=15):
    confidence, right = p.max(1), p.argmax(1) == y
    edges = np.linspace(0, 1, bins + 1)
    total = 0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            total += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return total


def delong(y, a, b):
    """DeLong 1988 by its structural components, pair by pair (not by midranks)."""
    def parts(s):
        pos, neg = s[y == 1], s[y == 0]
        psi = (pos[:, None] > neg[None]) + 0.5 * (pos[:, None] == neg[None])
        return psi.mean(), psi.mean(1), psi.mean(0)
    (auc_a, v10a, v01a), (auc_b, v10b, v01b) = parts(a), parts(b)
    s = np.cov(v10a, v10b) / len(v10a) + np.cov(v01a, v01b) / len(v01a)
    variance = s[0, 0] + s[1, 1] - 2 * s[0, 1]
    z = (auc_a - auc_b) / np.sqrt(variance)
    return auc_a, auc_b, np.sqrt(s[0, 0]), np.sqrt(variance), z, 2 * stats.norm.sf(abs(z))


n = 60
y = (wave(n, 1) > 0.6).astype(int)
p = np.round(np.clip(0.35 * wave(n, 2) + 0.25 * y + 0.2 * wave(n, 3), 0, 1), 2).astype(np.float32).astype(float)
q = np.round(np.clip(0.55 * wave(n, 4) + 0.15 * y + 0.2 * wave(n, 5), 0, 1), 2).astype(np.float32).astype(float)
two = np.stack([1 - p, p], 1)
yhat = (p >= 0.4).astype(int)
print("binary confusion", m.confusion_matrix(y, yhat).tolist())
print("prf", [r(x) for x in m.precision_recall_fscore_support(y, yhat)])
print("macro", r(m.precision_recall_fscore_support(y, yhat, average="macro")[:3]), "weighted", r(m.precision_recall_fscore_support(y, yhat, average="weighted")[:3]))
print("acc, balanced, mcc", r([m.accuracy_score(y, yhat), m.balanced_accuracy_score(y, yhat), m.matthews_corrcoef(y, yhat)]))
print("auc, ap, brier, logloss, ece", r([m.roc_auc_score(y, p), m.average_precision_score(y, p), m.brier_score_loss(y, p), m.log_loss(y, p), ece(two, y)]))
print("delong p, q", r(delong(y, p, q)))
for weights in [1 + np.arange(n) % 3]:
    print("weighted auc, ap, brier, logloss, mcc", r([m.roc_auc_score(y, p, sample_weight=weights), m.average_precision_score(y, p, sample_weight=weights), m.brier_score_loss(y, p, sample_weight=weights), m.log_loss(y, p, sample_weight=weights), m.matthews_corrcoef(y, yhat, sample_weight=weights)]))

y3 = np.floor(wave(n, 6) * 3).astype(int)
p3 = np.stack([wave(n, 7 + c) + 0.4 * (y3 == c) for c in range(3)], 1)
p3 = p3 / p3.sum(1, keepdims=True)
h3 = p3.argmax(1)
print("three confusion", m.confusion_matrix(y3, h3).tolist())
print("prf", [r(x) for x in m.precision_recall_fscore_support(y3, h3)])
print("macro", r(m.precision_recall_fscore_support(y3, h3, average="macro")[:3]), "weighted", r(m.precision_recall_fscore_support(y3, h3, average="weighted")[:3]))
print("acc, balanced, mcc", r([m.accuracy_score(y3, h3), m.balanced_accuracy_score(y3, h3), m.matthews_corrcoef(y3, h3)]))
print("auc ovr, ap macro, brier, logloss, ece", r([m.roc_auc_score(y3, p3, multi_class="ovr"), m.average_precision_score(np.eye(3)[y3], p3), m.brier_score_loss(y3, p3), m.log_loss(y3, p3), ece(p3, y3)]))

ys, ss = np.array([0, 0, 1, 1, 0, 1, 0, 1]), np.array([0.1, 0.4, 0.35, 0.8, 0.4, 0.4, 0.2, 0.9])
print("roc", [r(x) for x in m.roc_curve(ys, ss, drop_intermediate=False)], r(m.roc_auc_score(ys, ss)))
print("pr", [r(x) for x in m.precision_recall_curve(ys, ss)], r(m.average_precision_score(ys, ss)))
nan = m.precision_recall_fscore_support([0, 0, 1], [0, 0, 0], zero_division=np.nan)
print("one class never predicted", [r(x) for x in nan], r(m.precision_recall_fscore_support([0, 0, 1], [0, 0, 0], average="macro", zero_division=np.nan)[:3]))
for b, c in [(1, 9), (5, 5), (0, 0), (12, 3), (40, 61)]:
    print("mcnemar", b, c, mcnemar([[0, b], [c, 0]], exact=True).pvalue if b + c else 1.0)
values = wave(50, 11)
print("bootstrap of a mean", [(x.low, x.high) for x in [stats.bootstrap((values,), np.mean, n_resamples=200000, method="percentile", rng=1).confidence_interval]])
print("binomtest", stats.binomtest(900, 2000).pvalue)
print("erfc", [float(scipy.special.erfc(x)) for x in (0, 0.5, 2.4, 2.6, 5)])

"""Expected numbers for the tests of agreement. Needs scikit-learn, statsmodels, krippendorff and numpy."""
import krippendorff
import numpy as np
import sklearn
import statsmodels
from sklearn.metrics import cohen_kappa_score, confusion_matrix
from statsmodels.stats.inter_rater import aggregate_raters, cohens_kappa, fleiss_kappa

print("sklearn", sklearn.__version__, "statsmodels", statsmodels.__version__)


def wave(count, k):
    i = np.arange(count, dtype=np.float64)
    x = np.sin(i * 12.9898 + k * 78.233) * 43758.5453
    return x - np.floor(x)


def ratings(units, raters, categories, likeness):
    """[units, raters]: a truth that each rater repeats with chance `likeness`; the twin of planted-ratings.ts."""
    truth = np.floor(wave(units, 500) ** 2 * categories)
    own = [np.floor(wave(units, 600 + r) ** 2 * categories) for r in range(raters)]
    keep = [wave(units, 700 + r) < likeness for r in range(raters)]
    return np.stack([np.where(k, truth, o) for k, o in zip(keep, own)], 1).astype(int)


def holes(values, share):
    missing = np.stack([wave(len(values), 800 + r) < share for r in range(values.shape[1])], 1)
    return np.where(missing, -1, values)


def alpha(values):
    data = np.where(values < 0, np.nan, values).T
    return krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")


def fleiss(values, categories):
    return fleiss_kappa(aggregate_raters(values, n_cat=categories)[0], method="fleiss")


def specific(values, category):
    """By every ordered pair of raters of a unit, one after the other."""
    said = both = 0
    for unit in values:
        unit = unit[unit >= 0]
        for a in range(len(unit)):
            for b in range(len(unit)):
                if a != b and unit[a] == category:
                    said += 1
                    both += unit[b] == category
    return both / said


def pabak(values, categories):
    same = pairs = 0
    for unit in values:
        unit = unit[unit >= 0]
        for a in range(len(unit)):
            for b in range(a + 1, len(unit)):
                pairs += 1
                same += unit[a] == unit[b]
    return (categories * same / pairs - 1) / (categories - 1)


def show(name, *numbers):
    print(name, ", ".join(f"{float(x):.10f}" for x in numbers))


for name, units, raters, categories, likeness in [("two", 120, 2, 2, 0.7), ("five", 80, 5, 2, 0.5),
                                                  ("states", 90, 3, 4, 0.6), ("rare", 400, 2, 2, 0.9)]:
    v = ratings(units, raters, categories, likeness)
    if name == "rare":
        v = v & (np.floor(wave(units, 900) * 12) == 0).astype(int)[:, None]
    if raters == 2:
        table = confusion_matrix(v[:, 0], v[:, 1], labels=range(categories))
        show(name + " cohen", cohen_kappa_score(v[:, 0], v[:, 1]), cohens_kappa(table).kappa)
    show(name + " fleiss alpha pabak", fleiss(v, categories), alpha(v), pabak(v, categories))
    show(name + " positive negative", specific(v, 1), specific(v, 0))
    h = holes(v, 0.3)
    show(name + " with holes: alpha pabak positive negative", alpha(h), pabak(h, categories), specific(h, 1),
         specific(h, 0))
    if raters == 2:
        b = h[(h >= 0).all(1)]
        show(name + " with holes: cohen", cohen_kappa_score(b[:, 0], b[:, 1]))

# The example of Krippendorff 2011, section C: 12 units, 4 observers, 7 missing ratings; α = 0.743.
example = np.array([[1, 1, -1, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
                    [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [-1, 5, 5, 5], [-1, -1, 1, 1], [-1, -1, 3, -1]])
show("krippendorff 2011", alpha(example))

# The interval of α over patients, 200,000 draws of one patient's units together, by NumPy's own generator.
v = ratings(120, 2, 2, 0.7)
patients = np.arange(120) // 3
random = np.random.default_rng(1)
units = np.arange(120).reshape(40, 3)
draws = [alpha(v[units[random.integers(0, 40, 40)].ravel()]) for _ in range(20_000)]
show("alpha over patients", *np.quantile(draws, [0.025, 0.975]))

"""Expected numbers for the tests of readers and models against a reference. Needs scikit-learn and numpy."""
import numpy as np
import sklearn
from sklearn.metrics import f1_score, recall_score, roc_auc_score

from agreement import holes, ratings, wave

print("sklearn", sklearn.__version__)
said = holes(ratings(180, 3, 2, 0.6), 0.15)
truth, scores = said[:, 0], np.round(wave(180, 900) * 0.5 + 0.4 * (ratings(180, 3, 2, 0.6)[:, 0]), 2)
weights = np.floor(wave(180, 901) * 4)
for rater in (1, 2):
    kept = (truth >= 0) & (said[:, rater] >= 0)
    t, a, w = truth[kept], said[kept, rater], weights[kept]
    for name, weight in (("once", None), ("weighted", w)):
        print(rater, name, kept.sum(), t.sum(),
              repr(recall_score(t, a, sample_weight=weight)),
              repr(recall_score(t, a, pos_label=0, sample_weight=weight)),
              repr(f1_score(t, a, sample_weight=weight)))
kept = truth >= 0
print("auc", repr(roc_auc_score(truth[kept], scores[kept])),
      repr(roc_auc_score(truth[kept], scores[kept], sample_weight=weights[kept])))
# The reads of server/reading/reader-comparison.test.ts: + is yes; the consensus of two who differ is uncertain, no.
ada, ben = np.array([1, 1, 0, 0, 1, 0, 1, 0]), np.array([1, 0, 0, 0, 1, 1, 1, 0])
both = (ada & ben).astype(int)
for who, answers, held in (("ada", ada, both), ("ben", ben, both), ("ada by ben", ada, ben)):
    print(who, recall_score(held, answers), recall_score(held, answers, pos_label=0), f1_score(held, answers))
model = np.array([0.9, 0.7, 0.2, 0.1, 0.45, 0.3])
print("model", recall_score(both[:6], model >= 0.5), recall_score(both[:6], model >= 0.5, pos_label=0),
      f1_score(both[:6], model >= 0.5), roc_auc_score(both[:6], model))

"""Expected numbers of grid-observations.test.ts, by pandas 2 from a grid with made-up accuracies."""

import itertools

import pandas as pd

options = ["learningRate", "batchSize", "epochs", "dropout", "optimizer"]
grid = pd.DataFrame(
    list(itertools.product([1e-3, 5e-4, 1e-4], [16, 32, 64], [25, 50], [0, 0.5], ["adam", "sgd"])), columns=options
)
at = grid.index.to_series()
grid["accuracy"] = ((31 * at * at + 7 * at) % 101) / 202 + 0.2 * (grid.optimizer == "adam")


def spread(rows, option):
    groups = rows.groupby([name for name in options if name != option]).accuracy
    return (groups.max() - groups.min()).mean()


pairs = grid.pivot(index=options[:4], columns="optimizer", values="accuracy")
rates = grid.pivot(index=options[1:], columns="learningRate", values="accuracy")
adam = grid[grid.optimizer == "adam"]
print("Adam beats SGD", (pairs.adam > pairs.sgd).sum(), "of", len(pairs))
print("lowest rate best", (rates[1e-4] >= rates.max(axis=1)).sum(), "of", len(rates))
for option in ["dropout", "batchSize"]:
    print(option, spread(grid, option), spread(adam, option))

"""Writes head_training.json, the expected numbers of training/keras.test.ts: the loss of 50 of Keras' own steps on
a head, and the probabilities of three rows after them. Run it from its folder; needs keras 3.15 on tensorflow-cpu 2.21.

tf.identity takes off the scores that Keras 3 hangs on a softmax's output: with them, its binary cross-entropy
would silently be the sigmoid's, of the scores before softmax, and not that of the probabilities. The last lines
show it: what train_on_batch says of a compiled model is the sigmoid's loss, in graph mode and eagerly.
"""
import json
import keras
import numpy as np
import tensorflow as tf


def wave(count, k):
    i = np.arange(count, dtype=np.float64)
    x = np.sin(i * 12.9898 + k * 78.233) * 43758.5453
    return x - np.floor(x)


def start(shape, k, scale):
    return ((wave(int(np.prod(shape)), k) - 0.5) * scale).reshape(shape).astype(np.float32)


def train(rows, width, hidden, classes, batch, loss, name, rate, scale, l1=0.0, l2=0.0):
    features = wave(rows * width, 1).reshape(rows, width).astype(np.float32)
    labels = (features[:, 0] * classes).astype(int)
    onehot = np.eye(classes, dtype=np.float32)[labels]
    weights = rows / (classes * np.bincount(labels, minlength=classes))
    penalty = keras.regularizers.L1L2(l1, l2) if l1 or l2 else None
    model = keras.Sequential([
        keras.Input((width,)),
        keras.layers.Dense(hidden, "relu", kernel_regularizer=penalty),
        keras.layers.Dense(classes, "softmax", kernel_regularizer=penalty),
    ])
    model.set_weights([start((width, hidden), 2, scale), start((hidden,), 3, scale), start((hidden, classes), 4, scale), start((classes,), 5, scale)])
    schedule = keras.optimizers.schedules.InverseTimeDecay(rate, decay_steps=1, decay_rate=rate / 5)
    optimizer = keras.optimizers.Adam(schedule) if name == "adam" else keras.optimizers.SGD(schedule)
    model.compile(optimizer=optimizer, loss=loss)
    losses = []
    for step in range(50):
        take = slice(step * batch % rows, step * batch % rows + batch)
        with tf.GradientTape() as tape:
            value = model.compute_loss(y=onehot[take], y_pred=tf.identity(model(features[take], training=True)), sample_weight=weights[labels[take]])
        optimizer.apply(tape.gradient(value, model.trainable_variables), model.trainable_variables)
        losses.append(float(value))
    return {
        "shape": {"rows": rows, "width": width, "hidden": hidden, "classes": classes, "batch": batch},
        "options": {"loss": loss.replace("_", "-"), "optimizer": name, "learningRate": rate, "l1": l1, "l2": l2},
        "scale": scale,
        "losses": [round(x, 7) for x in losses],
        "probabilities": [round(float(p), 7) for p in np.ravel(model(features[:3]))],
    }


small, study = (24, 10, 8, 3, 8), (96, 1024, 64, 2, 32)
binary, categorical = "binary_crossentropy", "categorical_crossentropy"
cases = [
    train(*small, binary, "adam", 0.01, 0.8),
    train(*small, binary, "sgd", 0.3, 0.8),
    train(*small, categorical, "adam", 0.01, 0.8),
    train(*small, categorical, "sgd", 0.3, 0.8),
    train(*small, binary, "adam", 0.01, 0.8, l1=0.002, l2=0.01),
    train(*small, categorical, "sgd", 0.3, 0.8, l1=0.002, l2=0.01),
    train(*study, binary, "adam", 0.001, 0.1),
    train(*study, binary, "sgd", 0.001, 0.1),
    train(*study, categorical, "adam", 0.001, 0.1),
]
with open("head_training.json", "w") as file:
    lines = ",\n".join(f"  {json.dumps(case)}" for case in cases)
    file.write(f"[\n{lines}\n]\n")

print(keras.__version__, tf.__version__)
x, y = start((8, 5), 6, 4), np.eye(2, dtype=np.float32)[[0, 1, 1, 0, 1, 0, 0, 1]]
for eagerly in [False, True]:
    model = keras.Sequential([keras.Input((5,)), keras.layers.Dense(2, "softmax")])
    model.set_weights([start((5, 2), 7, 2), start((2,), 8, 2)])
    model.compile(optimizer=keras.optimizers.SGD(0.0), loss=binary, run_eagerly=eagerly)
    said = float(model.train_on_batch(x, y))
    scores = x @ model.get_weights()[0] + model.get_weights()[1]
    p = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
    s = 1 / (1 + np.exp(-scores))
    textbook, sigmoid = (-(y * np.log(q) + (1 - y) * np.log(1 - q)).mean() for q in (p, s))
    print(f"eagerly {eagerly}: Keras says {said:.6f}, the textbook {textbook:.6f}, the sigmoid's loss of the scores {sigmoid:.6f}")

"""Expected numbers for training/keras.test.ts: the loss of Keras' own steps on a small head.

tf.identity takes off the logits that Keras 3 hangs on a softmax's output: with them, its binary cross-entropy
would silently be the sigmoid's, of the scores before softmax, and not that of the probabilities.
"""
import keras
import numpy as np
import tensorflow as tf


def wave(count, k):
    i = np.arange(count, dtype=np.float64)
    x = np.sin(i * 12.9898 + k * 78.233) * 43758.5453
    return x - np.floor(x)


rows, width, hidden, classes, batch = 24, 10, 8, 3, 8
features = wave(rows * width, 1).reshape(rows, width).astype(np.float32)
labels = (features[:, 0] * 3).astype(int)
onehot = np.eye(classes, dtype=np.float32)[labels]
weights = rows / (classes * np.bincount(labels))


def start(shape, k):
    return ((wave(int(np.prod(shape)), k) - 0.5) * 0.8).reshape(shape).astype(np.float32)


print(keras.__version__, tf.__version__, labels.tolist(), weights.tolist())
for loss in ["binary_crossentropy", "categorical_crossentropy"]:
    for name in ["adam", "sgd"]:
        rate = 0.01 if name == "adam" else 0.3
        model = keras.Sequential([keras.Input((width,)), keras.layers.Dense(hidden, "relu"), keras.layers.Dense(classes, "softmax")])
        model.set_weights([start((width, hidden), 2), start((hidden,), 3), start((hidden, classes), 4), start((classes,), 5)])
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
        print(loss, name, [round(x, 6) for x in losses[::7] + losses[-1:]])
        print("  probabilities", [round(float(p), 6) for p in np.ravel(model(features[:3]))])

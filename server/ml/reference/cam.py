"""Expected numbers for cam.test.ts: maps of a small head by TensorFlow's own gradients. Needs tensorflow-cpu 2.21."""
import numpy as np
import tensorflow as tf


def wave(count, k):
    i = np.arange(count, dtype=np.float64)
    x = np.sin(i * 12.9898 + k * 78.233) * 43758.5453
    return x - np.floor(x)


height, width, channels, hidden, classes = 2, 3, 4, 5, 2
activations = tf.constant(np.maximum(wave(24, 20) - 0.3, 0).reshape(1, height, width, channels), tf.float64)
w1, b1 = (wave(20, 21) - 0.5).reshape(channels, hidden), wave(5, 22)
w2, b2 = (wave(10, 23) - 0.5).reshape(hidden, classes), wave(2, 24) - 0.5


def show(name, values):
    print(name, np.round(np.ravel(values), 8).tolist())


for c in range(classes):
    with tf.GradientTape() as tape:
        tape.watch(activations)
        scores = tf.nn.relu(tf.reduce_mean(activations, [1, 2]) @ w1 + b1) @ w2 + b2
        score = scores[0, c]
    a, g = activations.numpy()[0], tape.gradient(score, activations).numpy()[0]
    show(f"class {c} hirescam", np.maximum((g * a).sum(-1), 0))
    show(f"class {c} gradcam", np.maximum((g.mean((0, 1)) * a).sum(-1), 0))
    alpha = g**2 / (2 * g**2 + a.sum((0, 1)) * g**3)
    show(f"class {c} gradcam++", np.maximum(((alpha * np.maximum(g, 0)).sum((0, 1)) * a).sum(-1), 0))
    show("logit, probability", [score.numpy(), tf.nn.softmax(scores).numpy()[0, c]])

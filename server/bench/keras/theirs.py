"""Keras' side of `npm run bench -- keras`: does what a line of JSON asks for, and answers how long it took.

Runs on tensorflow-cpu 2.21 with keras 3 in graph mode, as predict_on_batch and train_on_batch do by themselves.
"""
import json
import os
import resource
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np

SIZE = 224
random = np.random.default_rng(1)


def base():
    shape = (SIZE, SIZE, 3)
    return keras.applications.DenseNet121(weights=None, include_top=False, pooling="avg", input_shape=shape)


def with_head(frozen):
    """The network of the published study; BatchNorm keeps its statistics, as in our fine-tuning."""
    features = base()
    features.trainable = not frozen
    images = keras.Input((SIZE, SIZE, 3))
    hidden = keras.layers.Dense(64, activation="relu")(features(images, training=False))
    model = keras.Model(images, keras.layers.Dense(2, activation="softmax")(hidden))
    model.compile(keras.optimizers.Adam(1e-5), "binary_crossentropy", metrics=["accuracy"])
    return model


models = {}


def model(kind):
    made = {"forward": base, "fine-tune": lambda: with_head(False), "head-step": lambda: with_head(True)}
    if kind not in models:
        models[kind] = made[kind]()
    return models[kind]


def batch_of(count):
    return random.random((count, SIZE, SIZE, 3), dtype=np.float32), np.eye(2, dtype=np.float32)[np.arange(count) % 2]


def work(asked):
    network = model(asked["do"])
    images, labels = batch_of(asked["batch"])
    start = time.perf_counter()
    if asked["do"] == "forward":
        network.predict_on_batch(images)
    else:
        network.train_on_batch(images, labels)
    return time.perf_counter() - start


for line in sys.stdin:
    seconds = work(json.loads(line))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"seconds": seconds, "peakBytes": peak, "version": f"Keras {keras.__version__}"}), flush=True)

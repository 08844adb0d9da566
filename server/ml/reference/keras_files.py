"""Writes keras_files.json for the tests of server/ml/weights: small networks as Keras saves them.

Needs keras 3 (3.15.1 on TensorFlow 2.21.0 was used) and h5py. The names are DenseNet-121's; what the arrays hold
is counted from 0. With a folder as argument it also writes all of DenseNet-121 there, by densenet121.py's formula.
"""
import base64
import gzip
import json
import pathlib
import sys
import tempfile

import keras
import numpy as np
from keras import layers


def small(relu=True, top=True):
    image = layers.Input((8, 8, 3))
    x = layers.Conv2D(2, 1, use_bias=False, name="conv1_conv")(image)
    x = layers.BatchNormalization(name="conv1_bn")(x)
    x = layers.Activation("relu", name="conv1_relu")(x)
    x = layers.BatchNormalization(name="bn")(x)
    if relu:
        x = layers.Activation("relu", name="relu")(x)
    x = layers.GlobalAveragePooling2D(name="avg_pool")(x)
    if top:
        x = layers.Dense(1, name="predictions")(x)
    return keras.Model(image, x, name="densenet121")


def counted(model):
    start = 0
    for layer in model.layers:
        own = []
        for weight in layer.weights:
            size = int(np.prod(weight.shape))
            own.append(np.arange(start, start + size, dtype=np.float32).reshape(weight.shape))
            start += size
        if own and not isinstance(layer, keras.Model):
            layer.set_weights(own)
    return model


def nested():
    inner = counted(small(top=False))
    return keras.Sequential([layers.Input((8, 8, 3)), inner, layers.Dense(1, name="head")])


def written(model, name, by_weights):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / name
        model.save_weights(file) if by_weights else model.save(file)
        return base64.b64encode(gzip.compress(file.read_bytes(), mtime=0)).decode()


if __name__ == "__main__":
    files = {
        "model.h5": written(counted(small()), "a.h5", False),
        "model without the last ReLU.h5": written(counted(small(relu=False)), "a.h5", False),
        "nested model.h5": written(nested(), "a.h5", False),
        "weights.h5 of Keras 3": written(counted(small()), "a.weights.h5", True),
        "weights.h5 of Keras 3 without the last ReLU": written(counted(small(relu=False)), "a.weights.h5", True),
        "weights.h5 of Keras 3, nested": written(nested(), "a.weights.h5", True),
        "whole model.keras": written(counted(small()), "a.keras", False),
    }
    pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(files, indent=2) + "\n")
    if len(sys.argv) > 1:
        from densenet121 import formula

        folder = pathlib.Path(sys.argv[1])
        model = keras.applications.DenseNet121(weights=None, classes=14, classifier_activation="sigmoid")
        k = 0
        for layer in model.layers:
            if layer.weights and layer.name != "predictions":
                own = [(w.name, tuple(w.shape)) for w in layer.weights]
                layer.set_weights([formula(w, shape, k + i).astype(np.float32) for i, (w, shape) in enumerate(own)])
                k += len(own)
        model.save(folder / "keras-top.h5")
        model.save_weights(folder / "keras-top.weights.h5")
        keras.Model(model.input, model.get_layer("relu").output).save(folder / "keras-notop.h5")

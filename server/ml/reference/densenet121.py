"""Expected numbers for densenet121.test.ts: Keras Applications' DenseNet-121 with weights by formula.

Needs tensorflow-cpu 2.21 and keras 3; prints every 32nd pooled feature of one image.
The formula's twin in TypeScript is in reference/formula.ts.
"""
import keras
import numpy as np


def wave(count, k):
    i = np.arange(count, dtype=np.float64)
    x = np.sin(i * 12.9898 + k * 78.233) * 43758.5453
    return x - np.floor(x)


def formula(weight, shape, k):
    u = wave(int(np.prod(shape)), k).reshape(shape)
    if weight == "kernel":
        return (u * 2 - 1) * np.sqrt(6 / np.prod(shape[:3]))
    return {"gamma": 0.8 + 0.4 * u, "beta": 0.2 * (u - 0.5), "moving_mean": 0.2 * (u - 0.5), "moving_variance": 0.5 + u}[weight]


model = keras.applications.DenseNet121(weights=None, include_top=False, pooling="avg", input_shape=(224, 224, 3))
names = []
for layer in model.layers:
    if layer.weights:
        own = [w.name for w in layer.weights]
        first = len(names)
        layer.set_weights([formula(w, tuple(v.shape), first + i).astype(np.float32) for i, (w, v) in enumerate(zip(own, layer.weights))])
        names += [f"{layer.name}/{w}" for w in own]
image = wave(224 * 224 * 3, 1000).reshape(1, 224, 224, 3).astype(np.float32)
features = model.predict(image, verbose=0)[0]
print(keras.__version__, keras.backend.backend(), len(names), model.count_params())
print([float(f"{x:.7g}") for x in features[::32]])
print("norm", float(np.linalg.norm(features)))
before = keras.layers.GlobalAveragePooling2D()(model.get_layer("bn").output)
before = keras.Model(model.input, before).predict(image, verbose=0)[0]
print("without the last ReLU", [float(f"{x:.7g}") for x in before[::32]])

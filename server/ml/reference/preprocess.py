"""Expected numbers for resize.test.ts and rotate.test.ts. Needs pillow, numpy, scipy and keras 3."""
import keras
import numpy as np
import PIL
import scipy
from keras.src.legacy.preprocessing.image import apply_affine_transform
from PIL import Image

print("pillow", PIL.__version__, "scipy", scipy.__version__, "keras", keras.__version__)


def pattern(*shape):
    i = np.arange(np.prod(shape), dtype=np.int64)
    return ((i * i * 7 + i * 13) % 256).astype(np.uint8).reshape(shape)


for shape, size in [((5, 7), (3, 4)), ((3, 4), (7, 5)), ((6, 5), (5, 3)), ((17, 13), (2, 3))]:
    print(shape, "to width, height", size, np.asarray(Image.fromarray(pattern(*shape)).resize(size, Image.BILINEAR)).ravel().tolist())
print("rgb", np.asarray(Image.fromarray(pattern(4, 5, 3)).resize((3, 2), Image.BILINEAR)).ravel().tolist())
print("grey", np.asarray(Image.fromarray(pattern(2, 3, 3)).convert("L")).ravel().tolist())
for size, channels, degrees in [(4, 1, 15.0), (5, 1, -12.0), (3, 2, 40.0)]:
    image = pattern(size, size, channels).astype(np.float32)
    turned = apply_affine_transform(image, theta=degrees, row_axis=0, col_axis=1, channel_axis=2, fill_mode="nearest", order=1)
    print("rotate", size, channels, degrees, [round(float(x), 3) for x in turned.ravel()])

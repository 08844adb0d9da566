"""Small synthetic DICOM films in every way that pixels may lie in a file, written by pydicom, and what they hold
as pydicom reads them. Writes films.json beside this file.

python -m venv /tmp/venv && /tmp/venv/bin/pip install pydicom numpy pillow pyjpegls pylibjpeg pylibjpeg-libjpeg \
    pylibjpeg-openjpeg pylibjpeg-rle python-gdcm
/tmp/venv/bin/python server/images/dicom/reference/films.py
"""

import base64
import hashlib
import io
import json
from pathlib import Path

import numpy as np
import pydicom
from PIL import Image
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.pixels import apply_modality_lut, apply_voi_lut
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEG2000,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    JPEGLosslessSV1,
    JPEGLSLossless,
    JPEGLSNearLossless,
    RLELossless,
)

ROWS, COLUMNS = 40, 48


def phantom(bits, signed=False):
    """A slope with a bright disc: every value range of the depth occurs."""
    rows, columns = np.mgrid[0:ROWS, 0:COLUMNS]
    values = (rows * COLUMNS + columns) / (ROWS * COLUMNS) * (2**bits - 1)
    values[(rows - 20) ** 2 + (columns - 24) ** 2 < 64] = 2**bits - 1
    values = np.floor(values)
    if signed:
        return (values - 2 ** (bits - 1)).astype(np.int8 if bits <= 8 else np.int16)
    return values.astype(np.uint8 if bits <= 8 else np.uint16)


def film(pixels, bits, photometric="MONOCHROME2", **more):
    ds = Dataset()
    ds.SOPClassUID = "1.2.840.10008.5.1.4.1.1.1"
    ds.SOPInstanceUID, ds.StudyInstanceUID, ds.SeriesInstanceUID = "1.2.3.1", "1.2.3.2", "1.2.3.3"
    ds.Modality, ds.PatientID, ds.PatientName = "CR", "4711", "Phantom^Paula"
    ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, photometric
    ds.Rows, ds.Columns = pixels.shape
    ds.BitsAllocated = pixels.dtype.itemsize * 8
    ds.BitsStored, ds.HighBit = bits, bits - 1
    ds.PixelRepresentation = int(pixels.dtype.kind == "i")
    for name, value in more.items():
        setattr(ds, name, value)
    ds.PixelData = pixels.tobytes()
    ds["PixelData"].VR = "OW" if pixels.dtype.itemsize == 2 else "OB"
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    return ds


def written(ds, syntax=ExplicitVRLittleEndian, **options):
    if syntax in (RLELossless, JPEGLSLossless, JPEGLSNearLossless, JPEG2000Lossless, JPEG2000):
        ds.compress(syntax, generate_instance_uid=False, **options)
    elif syntax == JPEGBaseline8Bit:
        out = io.BytesIO()
        Image.fromarray(ds.pixel_array).save(out, "JPEG", quality=95)
        ds.PixelData = encapsulate([out.getvalue()])
        ds["PixelData"].is_undefined_length = True
    elif syntax == ExplicitVRBigEndian:
        ds.PixelData = ds.pixel_array.astype(ds.pixel_array.dtype.newbyteorder(">")).tobytes()
    ds.file_meta.TransferSyntaxUID = syntax
    out = io.BytesIO()
    ds.save_as(out, enforce_file_format=True)
    return out.getvalue()


def with_64_bit_numbers(ds):
    """Elements of VR SV, UV and OV, also within a sequence of either kind of length (PS3.5, 6.2)."""
    item = Dataset()
    item.add_new(0x00090010, "LO", "OVERREAD")
    item.add_new(0x00091001, "SV", [-1, 2**40])
    item.add_new(0x00091002, "UV", 2**63)
    item.add_new(0x00091003, "OV", bytes(range(16)))
    for tag, is_undefined in ((0x00091004, False), (0x00091005, True)):
        ds.add_new(tag, "SQ", [item])
        ds[tag].is_undefined_length = is_undefined
    ds.update(item)
    return ds


def lossless_jpeg(ds):
    """JPEG Lossless SV1, for which pydicom has no encoder: by GDCM."""
    import tempfile

    import gdcm

    with tempfile.TemporaryDirectory() as folder:
        source, target = f"{folder}/a.dcm", f"{folder}/b.dcm"
        Path(source).write_bytes(written(ds))
        reader = gdcm.ImageReader()
        reader.SetFileName(source)
        assert reader.Read()
        change = gdcm.ImageChangeTransferSyntax()
        change.SetTransferSyntax(gdcm.TransferSyntax(gdcm.TransferSyntax.JPEGLosslessProcess14_1))
        change.SetInput(reader.GetImage())
        assert change.Change()
        writer = gdcm.ImageWriter()
        writer.SetFileName(target)
        writer.SetFile(reader.GetFile())
        writer.SetImage(change.GetOutput())
        assert writer.Write()
        return Path(target).read_bytes()


def shown(ds):
    """What PS3.3 C.11 makes of the film, 0 to 255 with white as 255: by pydicom's own modality and VOI steps."""
    values = apply_modality_lut(ds.pixel_array, ds)
    windowed = "WindowCenter" in ds
    out = apply_voi_lut(values, ds, prefer_lut=not windowed).astype(np.float64)
    if windowed:
        # pydicom maps a window to the whole range of the modality values.
        slope, intercept = float(ds.get("RescaleSlope", 1)), float(ds.get("RescaleIntercept", 0))
        low = -(2 ** (ds.BitsStored - 1)) if ds.PixelRepresentation else 0
        least = low * slope + intercept
        most = (low + 2**ds.BitsStored - 1) * slope + intercept
        if "ModalityLUTSequence" in ds:
            least, most = 0, 2 ** ds.ModalityLUTSequence[0].LUTDescriptor[2] - 1
    elif "VOILUTSequence" in ds:
        least, most = 0, 2 ** ds.VOILUTSequence[0].LUTDescriptor[2] - 1
    else:
        least, most = out.min(), out.max()
    out = (out - least) / (most - least) * 255
    return 255 - out if ds.PhotometricInterpretation == "MONOCHROME1" else out


def table(first, values, bits):
    item = Dataset()
    item.LUTDescriptor = [len(values), first, bits]
    item.LUTData = np.asarray(values, np.uint16).tobytes()
    item["LUTData"].VR = "OW"
    return [item]


def described(name, file):
    ds = pydicom.dcmread(io.BytesIO(file))
    stored = ds.pixel_array
    wide = stored.astype("<i2" if ds.PixelRepresentation else "<u2")
    return {
        "name": name,
        "file": base64.b64encode(file).decode(),
        "storedSha256": hashlib.sha256(wide.tobytes()).hexdigest(),
        "shown": [round(float(value), 3) for value in shown(ds).ravel()[::97]],
    }


curve = np.round(4095 * np.linspace(0, 1, 4096) ** 2).astype(int)
films = [
    described("implicit little endian", written(film(phantom(12), 12), ImplicitVRLittleEndian)),
    described("explicit little endian, 16 bits", written(film(phantom(16), 16))),
    described("deflated", written(film(phantom(12), 12), DeflatedExplicitVRLittleEndian)),
    described("big endian", written(film(phantom(12), 12), ExplicitVRBigEndian)),
    described("signed", written(film(phantom(12, True), 12))),
    described("8 bits, JPEG baseline", written(film(phantom(8), 8), JPEGBaseline8Bit)),
    described("JPEG lossless", lossless_jpeg(film(phantom(12), 12))),
    described("JPEG-LS", written(film(phantom(12), 12), JPEGLSLossless)),
    described("JPEG-LS near-lossless", written(film(phantom(12), 12), JPEGLSNearLossless, jls_error=2)),
    described("JPEG 2000 lossless", written(film(phantom(12), 12), JPEG2000Lossless)),
    described("JPEG 2000", written(film(phantom(12), 12), JPEG2000, j2k_cr=[8])),
    described(
        "extended offset table",
        written(film(phantom(12), 12), JPEG2000Lossless, encapsulate_ext=True),
    ),
    described("64-bit numbers", written(with_64_bit_numbers(film(phantom(12), 12)))),
    described("64-bit numbers, big endian", written(with_64_bit_numbers(film(phantom(12), 12)), ExplicitVRBigEndian)),
    described("RLE, 12 bits", written(film(phantom(12), 12), RLELossless)),
    described("RLE, 8 bits", written(film(phantom(8), 8), RLELossless)),
    described("MONOCHROME1", written(film(phantom(12), 12, "MONOCHROME1"))),
    described("window", written(film(phantom(12), 12, WindowCenter=1500, WindowWidth=2000))),
    described(
        "window, exact, rescaled",
        written(
            film(
                phantom(12),
                12,
                WindowCenter=-300,
                WindowWidth=900,
                VOILUTFunction="LINEAR_EXACT",
                RescaleSlope="0.5",
                RescaleIntercept="-1000",
            )
        ),
    ),
    described(
        "window, sigmoid, MONOCHROME1",
        written(
            film(phantom(12), 12, "MONOCHROME1", WindowCenter=2000, WindowWidth=1200, VOILUTFunction="SIGMOID")
        ),
    ),
    described("VOI table", written(film(phantom(12), 12, VOILUTSequence=table(0, curve, 12)))),
    described(
        "modality table, then window",
        written(
            film(
                phantom(12),
                12,
                ModalityLUTSequence=table(100, curve[100:3000] * 16, 16),
                WindowCenter=16000,
                WindowWidth=24000,
            )
        ),
    ),
]
Path(__file__).with_name("films.json").write_text(json.dumps(films, indent=1) + "\n")

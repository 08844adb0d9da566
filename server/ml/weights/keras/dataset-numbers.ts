import { Dataset, type Entity } from "h5wasm/node";
import { sizeOf } from "@/server/ml/named-array";
import { refuseWeights } from "../refuse";
import type { StoredArray } from "../stored";

/** A quarter of a gigabyte of float32, eight times the largest network here. */
const mostNumbers = 64 * 1024 * 1024;

/** H5T_class_t: other kinds may take any length a number, and are never read. */
const floatingPoint = 1;

/**
 * Takes datasets out of one file, as long as they do not unpack to more than a file may weigh. Only numbers within
 * the file count: HDF5 can also refer to other files.
 */
export function datasetReader(): (entity: Entity | null, name: string) => StoredArray {
  let taken = 0;
  return (entity, name) => {
    const shape = entity instanceof Dataset ? entity.shape : null;
    if (!(entity instanceof Dataset) || !shape || entity.metadata.virtual_sources) throw noNumbers(name);
    taken += sizeOf(shape);
    if (taken > mostNumbers) throw refuseWeights("unpacks to more than a weights file may hold");
    const { type, size } = entity.metadata;
    const value = type === floatingPoint && size <= Float64Array.BYTES_PER_ELEMENT ? entity.value : null;
    if (!(value instanceof Float32Array || value instanceof Float64Array)) {
      return {
        shape,
        read() {
          throw noNumbers(name);
        },
      };
    }
    const numbers = value instanceof Float32Array ? value : Float32Array.from(value);
    return { shape, read: () => numbers };
  };
}

function noNumbers(name: string): Error {
  return refuseWeights(`has no floating-point numbers for ${name}`);
}

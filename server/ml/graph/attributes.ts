import { bytes, type Field, float, int, message, text } from "./protobuf";

/** The numbers of TensorFlow's `DataType` (types.proto) that our graphs use. */
export const dataTypes = { float32: 1, int32: 3, bool: 10 } as const;
export type ElementType = keyof typeof dataTypes;

/** An operation's attribute: an `AttrValue` (attr_value.proto), made as field 2 of a map's entry. */
export type Attribute = Field;

export const attribute = {
  text: (value: string): Attribute => message(2, text(2, value)),
  int: (value: number): Attribute => message(2, int(3, value)),
  float: (value: number): Attribute => message(2, float(4, value)),
  bool: (value: boolean): Attribute => message(2, int(5, value)),
  type: (value: ElementType): Attribute => message(2, int(6, dataTypes[value])),
  ints: (values: readonly number[]): Attribute =>
    message(2, message(1, ...values.map((value) => int(3, value)))),
  shape: (dims: readonly number[]): Attribute => message(2, shapeField(7, dims)),
  tensor: (type: ElementType, dims: readonly number[], content: Uint8Array): Attribute =>
    message(2, message(8, int(1, dataTypes[type]), shapeField(2, dims), bytes(4, content))),
};

/** A `TensorShapeProto`; −1 for a size that is left open. */
export function shapeField(field: number, dims: readonly number[]): Field {
  return message(field, ...dims.map((size) => message(2, int(1, size))));
}

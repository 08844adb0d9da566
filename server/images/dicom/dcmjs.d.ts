// The library has no types of its own: what we use of it.
declare module "dcmjs" {
  type Value = number | string | ArrayBuffer | DataSet;
  type DataSet = { readonly [tag: string]: { readonly vr: string; readonly Value: readonly Value[] } };
  const dcmjs: {
    readonly data: {
      readonly DicomDict: new (meta: DataSet) => { dict: DataSet; write(): ArrayBuffer };
      readonly DicomMetaDictionary: {
        /** Every attribute of the standard, by keyword. */
        readonly nameMap: Readonly<Record<string, { readonly tag: string; readonly vr: string } | undefined>>;
      };
    };
  };
  export default dcmjs;
}

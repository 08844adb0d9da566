export const saliencyMethods = ["hirescam", "gradcam", "gradcam++"] as const;
export type SaliencyMethod = (typeof saliencyMethods)[number];

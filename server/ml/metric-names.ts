/** The figures of a set of predictions; apart from their making, so that a page can name them. */
export const metricNames = [
  "accuracy",
  "balancedAccuracy",
  "sensitivity",
  "specificity",
  "ppv",
  "npv",
  "f1",
  "auc",
  "averagePrecision",
  "mcc",
  "brier",
  "logLoss",
  "ece",
] as const;
export type MetricName = (typeof metricNames)[number];

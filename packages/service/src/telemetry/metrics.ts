export { Counter, Gauge, Histogram } from 'prom-client';

/** Buckets of duration histograms, in seconds. An operation counts as slow from 0.2 on. */
export const DURATION_BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10];

/** The label value for values that callers can invent, which keeps the number of time series small. */
export const OTHER = 'other';

export { Counter, Gauge, Histogram } from 'prom-client';

/** Of histograms of times, in seconds. 0.2 is where an operation counts as slow. */
export const DURATION_BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10];

/** The value of a label whose true value anybody could make up: time series are few, whatever callers send. */
export const OTHER = 'other';

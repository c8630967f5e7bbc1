import uPlot from 'uplot';

import type { Format } from '../i18n/format.ts';
import { createTickFormat } from './axis-time.ts';
import { lineColor } from './chart-colors.ts';

export interface PlotLook {
  readonly locale: string;
  readonly format: Format;
  readonly scheme: 'light' | 'dark';
  /** UTC for a DATE column; undefined for the person's time zone. */
  readonly timeZone: 'UTC' | undefined;
}

interface PlotOptions extends PlotLook {
  readonly lineCount: number;
  readonly width: number;
  readonly height: number;
  /** The index of the x under the pointer, or null. */
  readonly onPoint: (index: number | null) => void;
}

const FONT = '12px system-ui, sans-serif';

/** Options for uPlot in our colors and the person's language. */
export function plotOptions(options: PlotOptions): uPlot.Options {
  const { locale, format, scheme, timeZone, lineCount, width, height, onPoint } = options;
  const ticks = createTickFormat(locale, timeZone);
  const isDark = scheme === 'dark';
  const axis = {
    font: FONT,
    stroke: isDark ? '#a3adb5' : '#5a646c',
    grid: { stroke: isDark ? '#2e353b' : '#e6eaed', width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    ...(timeZone && {
      tzDate: (seconds: number) => uPlot.tzDate(new Date(seconds * 1000), timeZone),
    }),
    axes: [
      {
        ...axis,
        size: 30,
        space: 70,
        values: (_plot, moments, _axis, _space, apart) => ticks(moments, apart),
      },
      { ...axis, size: 58, values: (_plot, values) => values.map(format.compact) },
    ],
    series: [
      {},
      ...Array.from({ length: lineCount }, (_, index) => ({
        stroke: lineColor(index, scheme),
        width: 1.75,
        spanGaps: true,
        points: { size: 5 },
      })),
    ],
    hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? null)] },
  };
}

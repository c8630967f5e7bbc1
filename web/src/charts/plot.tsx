import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';

import type { ChartData, HiddenGroups } from './chart-data.ts';
import { type PlotLook, plotOptions } from './plot-options.ts';

interface PlotProps extends PlotLook {
  readonly data: ChartData;
  readonly hidden: HiddenGroups;
  readonly height: number;
  readonly onPoint: (index: number | null) => void;
}

/** Draws lines on a canvas of the available width, and redraws it when the data changes. */
export function Plot({
  data,
  hidden,
  locale,
  format,
  scheme,
  timeZone,
  height,
  onPoint,
}: PlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const lineCount = data.lines.length;

  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const look = { locale, format, scheme, timeZone };
    const size = { width: element.clientWidth, height };
    const made = new uPlot(plotOptions({ ...look, ...size, lineCount, onPoint }), [[]], element);
    plot.current = made;
    const observer = new ResizeObserver(() => {
      made.setSize({ width: element.clientWidth, height });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
    };
  }, [locale, format, scheme, timeZone, lineCount, height, onPoint]);

  useEffect(() => {
    plot.current?.setData(alignedData(data));
  }, [data, locale, format, scheme, timeZone, lineCount, height, onPoint]);

  useEffect(() => {
    for (const [index, { group }] of data.lines.entries()) {
      plot.current?.setSeries(index + 1, { show: !hidden.has(group) });
    }
  }, [data, hidden, locale, format, scheme, timeZone, lineCount, height, onPoint]);

  return <div ref={place} style={{ minHeight: height, overflow: 'hidden' }} />;
}

const alignedData = ({ x, lines }: ChartData): uPlot.AlignedData => [
  [...x],
  ...lines.map(({ y }) => [...y]),
];

/** Made-up electricity demand that looks alive: two regions, a slow wave each, and noise. */
export interface PowerPoint {
  readonly time: string;
  readonly region: string;
  readonly megawatts: number;
}

const REGIONS = [
  { region: 'north', base: 640, swing: 90, period: 600_000 },
  { region: 'south', base: 480, swing: 60, period: 420_000 },
] as const;

export const powerAt = (time: number): readonly PowerPoint[] =>
  REGIONS.map(({ region, base, swing, period }) => {
    const wave = Math.sin((2 * Math.PI * time) / period);
    const megawatts = base + swing * wave + 12 * (Math.random() - 0.5);
    return { time: new Date(time).toISOString(), region, megawatts: Number(megawatts.toFixed(1)) };
  });

/** The hour before `now`, a point every five seconds and region, as a CSV file. */
export function powerHistory(now: number): Uint8Array {
  const points = Array.from({ length: 720 }, (_, index) =>
    powerAt(now - (720 - index) * 5000),
  ).flat();
  const rows = points.map(({ time, region, megawatts }) => `${time},${region},${megawatts}`);
  return Buffer.from(`time,region,megawatts\n${rows.join('\n')}\n`);
}

/** Two years of made-up daily weather, as a JSON file. */
export function weatherHistory(now: number): Uint8Array {
  const day = 24 * 3600 * 1000;
  const days = Array.from({ length: 730 }, (_, index) => {
    const time = now - (730 - index) * day;
    const season = Math.cos((2 * Math.PI * (time - Date.UTC(2020, 6, 15))) / (365.25 * day));
    return {
      date: new Date(time).toISOString().slice(0, 10),
      temperature: Number((12 + 10 * season + 4 * (Math.random() - 0.5)).toFixed(1)),
      rain: Math.random() < 0.35 ? Number((Math.random() * 18).toFixed(1)) : 0,
    };
  });
  return Buffer.from(JSON.stringify(days));
}

import { auth } from './auth.ts';
import { gatewayArea } from './gateway/gateway.ts';
import { importArea } from './import.ts';
import { live } from './live.ts';
import { type Area, report } from './report.ts';
import { start } from './start.ts';
import { upload } from './upload.ts';

/** `npm run bench -- <area>`: one file an area. Figures are for comparing over time, not for passing or failing. */
const AREAS: Readonly<Record<string, Area>> = {
  start,
  import: importArea,
  auth,
  gateway: gatewayArea,
  live,
  upload,
};

const name = process.argv[2] ?? '';
const area = AREAS[name];
if (!area) {
  console.error(`Name an area: npm run bench -- ${Object.keys(AREAS).join(' | ')}`);
  process.exit(2);
}
report(name, await area());

/** Whether numeric dates (01/02/2024) have the day first; null if unknown: such dates are then not read. */
export type DayFirst = boolean | null;

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const MAX_LENGTH = 40;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const WEEKDAY = '(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? +)?';

const ISO = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const NUMERIC = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/;
const MONTH_FIRST = new RegExp(`^${WEEKDAY}${MONTH} +(\\d{1,2}),? +(\\d{4})$`, 'i');
const DAY_FIRST = new RegExp(`^${WEEKDAY}(\\d{1,2})[ -]${MONTH}[ -](\\d{4})$`, 'i');

const TIME =
  /^(.+?)(?:[T ]| at )(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?([ap])\.?m\.?)?(?: ?(z|utc|gmt|[+-]\d{2}(?::?\d{2})?))?$/i;

/** The order of one numeric date; undefined if it is ambiguous or not a numeric date. */
export function dayFirstIn(text: string): boolean | undefined {
  const [, first, , second] = NUMERIC.exec(TIME.exec(text)?.[1] ?? text) ?? [];
  if (Number(first) > 12 && Number(second) <= 12) return true;
  if (Number(second) > 12 && Number(first) <= 12) return false;
  return undefined;
}

/** Formats a calendar day for PostgreSQL; undefined if it is not a date or does not exist. */
export function readDate(text: string, dayFirst: DayFirst): string | undefined {
  const day = readDay(text, dayFirst);
  return day && format(day);
}

/**
 * Formats an instant for PostgreSQL; undefined if it is not one. Without a zone it is UTC, without a time midnight.
 * PostgreSQL stores microseconds: instants with more digits are refused.
 */
export function readTimestamp(text: string, dayFirst: DayFirst): string | undefined {
  const parts = text.length > 2 * MAX_LENGTH ? null : TIME.exec(text);
  if (!parts) {
    const date = readDate(text, dayFirst);
    return date && `${date} 00:00:00+00`;
  }
  const [, date = '', hours = '', minutes = '', seconds = '00', fraction = '', half, zone] = parts;
  const day = readDay(date, dayFirst);
  const hour = half ? clockHour(Number(hours), half.toLowerCase() === 'p') : Number(hours);
  const offset = readZone(zone);
  const isTime = hour !== undefined && hour < 24 && Number(minutes) < 60 && Number(seconds) < 60;
  const micros = fraction.replace(/0+$/, '');
  if (!day || !isTime || offset === undefined || micros.length > 6) return undefined;
  const clock = `${String(hour).padStart(2, '0')}:${minutes}:${seconds}`;
  return `${format(day)} ${clock}${micros && `.${micros}`}${offset}`;
}

function readDay(text: string, dayFirst: DayFirst): Day | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  let parts = ISO.exec(text);
  if (parts) return existing(parts[1], parts[3], parts[4]);
  parts = NUMERIC.exec(text);
  if (parts) {
    if (dayFirst === null) return undefined;
    const [month, day] = dayFirst ? [parts[3], parts[1]] : [parts[1], parts[3]];
    return existing(parts[4], month, day);
  }
  parts = MONTH_FIRST.exec(text);
  if (parts) return existing(parts[3], monthNumber(parts[1]), parts[2]);
  parts = DAY_FIRST.exec(text);
  if (parts) return existing(parts[3], monthNumber(parts[2]), parts[1]);
  return undefined;
}

const monthNumber = (name = ''): number => MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;

function existing(
  yearText: string | undefined,
  monthText: string | number | undefined,
  dayText: string | undefined,
): Day | undefined {
  const [year, month, day] = [Number(yearText), Number(monthText), Number(dayText)];
  if (year < 1 || month < 1 || month > 12 || day < 1) return undefined;
  return day <= daysIn(year, month) ? { year, month, day } : undefined;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const format = ({ year, month, day }: Day): string =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** 12 AM is midnight, 12 PM noon. */
function clockHour(hour: number, isAfternoon: boolean): number | undefined {
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (isAfternoon ? 12 : 0);
}

function readZone(zone: string | undefined): string | undefined {
  if (zone === undefined || /^[a-z]/i.test(zone)) return '+00';
  const hours = zone.slice(0, 3);
  const minutes = zone.slice(3).replace(':', '') || '00';
  return Math.abs(Number(hours)) <= 15 && Number(minutes) < 60 ? `${hours}:${minutes}` : undefined;
}

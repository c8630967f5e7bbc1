import { Table, Text } from '@mantine/core';

import { isNumeric } from '../columns/column-kinds.ts';
import { ColumnType } from '../generated/graphql.ts';
import type { Format } from '../i18n/format.ts';
import { useFormat } from '../i18n/use-format.ts';

interface DataCellProps {
  readonly type: ColumnType;
  readonly value: unknown;
}

/** One value of a row. Numbers are shown as sent: a grouped year or a rounded price would mislead. */
export function DataCell({ type, value }: DataCellProps) {
  const format = useFormat();
  const isNumber = isNumeric(type);
  const text = textOf(value, type, format);
  return (
    <Table.Td ta={isNumber ? 'right' : undefined} className={isNumber ? 'numeric' : undefined}>
      <Text span inherit truncate maw={320} display="block" title={text} c={text ? '' : 'dimmed'}>
        {text ?? '–'}
      </Text>
    </Table.Td>
  );
}

function textOf(value: unknown, type: ColumnType, format: Format): string | undefined {
  if (value === null || value === undefined) return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (Number.isNaN(Date.parse(text))) return text;
  if (type === ColumnType.DATE) return format.date(text, 'UTC');
  if (type === ColumnType.TIMESTAMP) return format.instant(text);
  return text;
}

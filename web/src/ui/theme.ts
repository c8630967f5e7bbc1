import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** A deep river green-blue; shade 7 on white and shade 4 on dark keep a contrast above 4.5. */
const river: MantineColorsTuple = [
  '#e8f7f8',
  '#d3ebee',
  '#a6d6db',
  '#76c0c8',
  '#4eaeb8',
  '#349ca7',
  '#1b8591',
  '#0b6c78',
  '#075963',
  '#02454d',
];

/** Greys with a touch of the same blue: 0 is text, 4 borders, 6 fields, 7 surfaces. */
const dark: MantineColorsTuple = [
  '#d8dee3',
  '#b8c0c7',
  '#98a2aa',
  '#78828a',
  '#3a434a',
  '#333b42',
  '#242b30',
  '#1c2125',
  '#14181b',
  '#0e1113',
];

const SYSTEM_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";

export const theme = createTheme({
  primaryColor: 'river',
  primaryShade: { light: 7, dark: 6 },
  colors: { dark, river },
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily: SYSTEM_FONT,
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace",
  headings: {
    fontFamily: SYSTEM_FONT,
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.625rem', lineHeight: '1.25' },
      h2: { fontSize: '1.125rem', lineHeight: '1.35' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
    },
  },
});

import type { ReactNode } from 'react';

interface IconProps {
  readonly size?: number;
}

interface OutlineProps extends IconProps {
  readonly children: ReactNode;
}

/** Icons are decoration: what they stand beside or in carries the name. */
function Outline({ size = 18, children }: OutlineProps) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {children}
    </svg>
  );
}

export const LogoIcon = ({ size = 26 }: IconProps) => (
  <svg aria-hidden="true" width={size} height={size} viewBox="0 0 32 32">
    <rect width="32" height="32" rx="7" fill="#0b6570" />
    <path
      d="M6 8c6 0 7 8 13 8h7M6 24c6 0 7-8 13-8M6 16h20"
      fill="none"
      stroke="#fff"
      strokeWidth="2.6"
      strokeLinecap="round"
    />
  </svg>
);

export const SunIcon = (props: IconProps) => (
  <Outline {...props}>
    <circle cx="12" cy="12" r="4" />
    <path d="M12 2v2M12 20v2M2 12h2M20 12h2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4" />
  </Outline>
);

export const MoonIcon = (props: IconProps) => (
  <Outline {...props}>
    <path d="M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5z" />
  </Outline>
);

export const UploadIcon = (props: IconProps) => (
  <Outline {...props}>
    <path d="M12 16V4m0 0L7 9m5-5 5 5M4 16v3a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-3" />
  </Outline>
);

export const DataIcon = (props: IconProps) => (
  <Outline {...props}>
    <ellipse cx="12" cy="6" rx="8" ry="3" />
    <path d="M4 6v6c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12v6c0 1.7 3.6 3 8 3s8-1.3 8-3v-6" />
  </Outline>
);

export const SearchIcon = (props: IconProps) => (
  <Outline {...props}>
    <circle cx="11" cy="11" r="6.5" />
    <path d="m16 16 4.5 4.5" />
  </Outline>
);

export const ChevronIcon = (props: IconProps) => (
  <Outline {...props}>
    <path d="m7 10 5 5 5-5" />
  </Outline>
);

export const AlertIcon = (props: IconProps) => (
  <Outline {...props}>
    <circle cx="12" cy="12" r="9" />
    <path d="M12 7.5v5.5M12 16.5v.01" />
  </Outline>
);

export const UserIcon = (props: IconProps) => (
  <Outline {...props}>
    <circle cx="12" cy="8" r="4" />
    <path d="M4.5 20.5c1-4 4-6 7.5-6s6.5 2 7.5 6" />
  </Outline>
);

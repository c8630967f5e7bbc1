// One module each: the package's index would load thousands.
import IconAlertCircle from '@tabler/icons-react/icons/IconAlertCircle';
import IconChevronDown from '@tabler/icons-react/icons/IconChevronDown';
import IconDatabase from '@tabler/icons-react/icons/IconDatabase';
import IconMoon from '@tabler/icons-react/icons/IconMoon';
import IconSearch from '@tabler/icons-react/icons/IconSearch';
import IconSun from '@tabler/icons-react/icons/IconSun';
import IconUpload from '@tabler/icons-react/icons/IconUpload';
import IconUser from '@tabler/icons-react/icons/IconUser';

interface IconProps {
  readonly size?: number;
}

/** Icons are decoration: the element around them has the accessible name. */
const decorative =
  (Icon: typeof IconSun) =>
  ({ size = 18 }: IconProps) => <Icon aria-hidden="true" size={size} stroke={1.8} />;

export const AlertIcon = decorative(IconAlertCircle);
export const ChevronIcon = decorative(IconChevronDown);
export const DataIcon = decorative(IconDatabase);
export const MoonIcon = decorative(IconMoon);
export const SearchIcon = decorative(IconSearch);
export const SunIcon = decorative(IconSun);
export const UploadIcon = decorative(IconUpload);
export const UserIcon = decorative(IconUser);

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

import type { JSX } from 'preact';
import { ICON_ATTRIBUTES, OUTLINE_ATTRIBUTES } from './icon-look.ts';

interface IconProps {
  readonly path: string;
}

/** Its meaning is given as text beside it. */
function Icon({ path }: IconProps): JSX.Element {
  return (
    <svg {...ICON_ATTRIBUTES} aria-hidden="true">
      <path d={path} {...OUTLINE_ATTRIBUTES} />
    </svg>
  );
}

export const ClearIcon = () => <Icon path="M8 2.5a5.5 5.5 0 1 0 .01 0M4.2 4.2l7.6 7.6" />;
export const PauseIcon = () => <Icon path="M5.5 3.5v9M10.5 3.5v9" />;
export const ResumeIcon = () => <Icon path="M5 3l8 5-8 5z" />;
export const SearchIcon = () => <Icon path="M7 2.8a4.2 4.2 0 1 0 .01 0M10.2 10.2l3.3 3.3" />;
export const ExportIcon = () => <Icon path="M8 2.5v7.5M4.8 7L8 10.2 11.2 7M3 13.2h10" />;
export const ImportIcon = () => <Icon path="M8 10.2V2.7M4.8 5.8L8 2.6l3.2 3.2M3 13.2h10" />;
export const BelowIcon = () => <Icon path="M2.5 2.5h11v11h-11zM2.5 9h11" />;
export const BesideIcon = () => <Icon path="M2.5 2.5h11v11h-11zM9 2.5v11" />;
export const TimelineIcon = () => <Icon path="M2 12.5h12M3.5 12.5V9M6.5 12.5V4M9.5 12.5V7M12.5 12.5V10" />;
export const CommandIcon = () => <Icon path="M3.5 4.5L7 8l-3.5 3.5M8.5 12h4.5" />;
export const SettingsIcon = () => (
  <Icon path="M2.5 4.5h5M11 4.5h2.5M9.2 2.9a1.6 1.6 0 1 0 .01 0M2.5 11.5H5M8.5 11.5h5M6.7 9.9a1.6 1.6 0 1 0 .01 0" />
);

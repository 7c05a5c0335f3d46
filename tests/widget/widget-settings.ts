import { firstInboxSettings, type WidgetSettings } from '../../shared/inbox.ts';
import { dismissLabels, launcherLabels } from '../../shared/texts/launcher-labels.ts';

/** As a new inbox tells them. */
export const widgetSettings: WidgetSettings = {
  ...firstInboxSettings,
  business: 'The shop',
  labels: launcherLabels,
  dismissLabels,
  look: '',
  hasMail: false,
  isAsking: false,
  hasFirst: false,
  attachmentBytesMax: 10 * 1024 * 1024,
};

import { firstInboxSettings, type WidgetSettings } from '../../shared/inbox.ts';
import { launcherLabels } from '../../shared/texts/launcher-labels.ts';

/** As a new inbox tells them. */
export const widgetSettings: WidgetSettings = {
  ...firstInboxSettings,
  business: 'The shop',
  labels: launcherLabels,
  attachmentBytesMax: 10 * 1024 * 1024,
};

/** Whether the browser shows notices of ours beside its window. It may be asked only by a click. */
import { signal } from '@preact/signals';

/** `unsupported`: this browser has none, or the page did not come over https. */
export type DesktopPermission = NotificationPermission | 'unsupported';

export const desktopPermission = signal<DesktopPermission>(readPermission());

function readPermission(): DesktopPermission {
  return typeof Notification === 'undefined' || !globalThis.isSecureContext ? 'unsupported' : Notification.permission;
}

/** The person may have changed it in the browser's own settings meanwhile. */
export function refreshDesktopPermission(): void {
  desktopPermission.value = readPermission();
}

export async function askDesktopPermission(): Promise<void> {
  await Notification.requestPermission();
  refreshDesktopPermission();
}

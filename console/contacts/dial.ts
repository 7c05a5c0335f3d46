/** Hands the number to whatever makes calls on this device, as a link to it would. */
export function dial(phone: string): void {
  const link = document.createElement('a');
  link.href = `tel:${phone}`;
  document.body.append(link);
  link.click();
  link.remove();
}

/** The shop's whole cleverness: a basket that counts, for as long as the tab lives. */
const count = document.querySelector('[data-basket]');
const show = () => {
  count.textContent = sessionStorage.getItem('basket') ?? '0';
};
document.querySelector('[data-add]')?.addEventListener('click', () => {
  sessionStorage.setItem('basket', String(Number(sessionStorage.getItem('basket') ?? 0) + 1));
  show();
});
show();

import { render, screen, waitFor, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { nanoid } from 'nanoid';
import { beforeEach, expect, it } from 'vitest';
import { FieldSettings } from '../../console/fields/field-settings.tsx';
import { Http } from '../../console/http.ts';
import { PurchaseDialog } from '../../console/purchases/purchase-dialog.tsx';
import { fetchShelf, setLanguage } from '../../console/texts/texts.ts';
import type { Contact } from '../../shared/contact.ts';
import type { CustomField } from '../../shared/custom-fields.ts';
import type { Purchase } from '../../shared/purchase.ts';
import { openHouse } from '../helpers/house.ts';
import { makeApiToken } from './desk-scene.ts';

const seen = { timeout: 10_000, interval: 20 };
const plain = (text: string | null) => (text ?? '').replace(/[\u2066-\u2069]/g, '');

beforeEach(async () => {
  setLanguage('en');
  await Promise.all([fetchShelf('sales'), fetchShelf('contacts'), fetchShelf('settings')]);
});

it('tells an agent who looks at a purchase what colleagues have changed in it, and from what', async () => {
  const house = await openHouse();
  const http = new Http({ serverUrl: house.url, apiToken: await makeApiToken(house) });
  const { id: contactId } = await house.json<Contact>('POST', '/api/contacts', { id: nanoid(), name: 'Ruth' });
  const pot = { product: 'Pot', unitPrice: 1_000 };
  const lines = [pot, { product: 'Earth', unitPrice: 500 }];
  const made = { id: nanoid(), contactId, currency: 'ILS', at: 1_000, status: 'pending', lines };
  await house.json('POST', '/api/purchases', made);
  const next = { version: 1, status: 'paid', lines: [{ ...pot, quantity: '3' }, lines[1]] };
  const purchase = await house.json<Purchase>('PATCH', `/api/purchases/${made.id}`, next);
  const nothing = () => undefined;
  render(
    <PurchaseDialog
      http={http}
      contactId={contactId}
      purchase={purchase}
      currency="ILS"
      mayEdit={false}
      onChanged={nothing}
      onClose={nothing}
    />,
  );
  const details = screen.getByText('History').closest('details') as HTMLDetailsElement;
  details.open = true;
  details.dispatchEvent(new Event('toggle'));
  await within(details).findByText('Wrote the purchase down', {}, seen);
  const moments = within(details)
    .getAllByRole('listitem')
    .map((one) => plain(one.textContent));
  expect(moments).toHaveLength(2);
  expect(moments[0]).toMatch(/^Dana · .*Status Not paid yet.*Paid.*Total ₪15\.00.*₪35\.00.*Lines Pot × 1: ₪10\.00.*Pot × 3: ₪30\.00$/);
  expect(moments[0]).not.toContain('Earth');
});

it('begins a new field for money in the currency that the business reckons in', async () => {
  const house = await openHouse();
  const http = new Http({ serverUrl: house.url, apiToken: await makeApiToken(house) });
  const rules = await house.json<object>('GET', '/api/customer-rules');
  await house.json('PUT', '/api/customer-rules', { ...rules, currency: 'EUR' });
  render(<FieldSettings http={http} />);
  await userEvent.click(screen.getByRole('button', { name: 'Add a field' }));
  await userEvent.type(await screen.findByRole('textbox', { name: /^Name/ }, seen), 'Balance');
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Kind' }), 'Money');
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: /^Currency/ }).value).toBe('EUR');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  const held = async () => (await house.json<{ items: CustomField[] }>('GET', '/api/fields')).items.map(({ currency }) => currency);
  await waitFor(async () => expect(await held()).toEqual(['EUR']), seen);
});

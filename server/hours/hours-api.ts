import type { Router } from 'express';
import {
  calendarReadSchema,
  holidayQuerySchema,
  hoursCreateSchema,
  hoursPatchSchema,
  hoursPreviewSchema,
} from '../../shared/business-hours.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { readCalendar } from './calendar-file.ts';
import { previewHours } from './day-previews.ts';
import { requireCountry } from './known-places.ts';
import { changeBusinessHours, createBusinessHours, listBusinessHours, removeBusinessHours } from './opening-hours.ts';
import { openHolidays } from './public-holidays.ts';
import { listCities } from './shabbat-cities.ts';

const permission = 'settings:manage';

/** Every agent may know when the business is open; whoever manages settings says so. */
export function bindHoursRoutes(app: App, router: Router): void {
  router.get(
    '/business-hours',
    route(app, { permission: null }, async () => ({ items: await listBusinessHours(app), next: null })),
  );
  router.post(
    '/business-hours',
    route(app, { permission, body: hoursCreateSchema, status: 201 }, ({ body }) => createBusinessHours(app, body)),
  );
  router.get(
    '/business-hours/countries',
    route(app, { permission }, async () => ({ items: (await openHolidays()).listCountries() })),
  );
  router.get(
    '/business-hours/holidays',
    route(app, { permission, query: holidayQuerySchema }, async ({ query: { country, region, year } }) => {
      const place = { country, region: region || null };
      await requireCountry(place, '');
      return { items: (await openHolidays()).book(place, year) };
    }),
  );
  router.get(
    '/business-hours/cities',
    route(app, { permission }, () => ({ items: listCities() })),
  );
  router.post(
    '/business-hours/preview',
    route(app, { permission, body: hoursPreviewSchema }, ({ body }) => previewHours(body, app.now())),
  );
  router.post(
    '/business-hours/calendar',
    route(app, { permission, body: calendarReadSchema }, ({ body }) => readCalendar(body.text, body.timeZone, app.now())),
  );
  router.patch(
    '/business-hours/:id',
    route(app, { permission, body: hoursPatchSchema }, ({ param, body }) => changeBusinessHours(app, param('id'), body)),
  );
  router.delete(
    '/business-hours/:id',
    route(app, { permission }, ({ param }) => removeBusinessHours(app, param('id'))),
  );
}

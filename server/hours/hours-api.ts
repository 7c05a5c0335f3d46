import type { Router } from 'express';
import {
  businessHoursSchema,
  calendarReadingSchema,
  calendarReadSchema,
  holidayCountrySchema,
  holidayQuerySchema,
  hoursCreateSchema,
  hoursPatchSchema,
  hoursPreviewReplySchema,
  hoursPreviewSchema,
  publicHolidaySchema,
  shabbatCitySchema,
} from '../../shared/business-hours.ts';
import { pageSchema } from '../../shared/page.ts';
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
    route(app, { permission: null, summary: 'List the business hours.', reply: pageSchema(businessHoursSchema) }, async () => ({
      items: await listBusinessHours(app),
      next: null,
    })),
  );
  router.post(
    '/business-hours',
    route(
      app,
      { permission, body: hoursCreateSchema, status: 201, summary: 'Make business hours.', reply: businessHoursSchema },
      ({ body }) => createBusinessHours(app, body),
    ),
  );
  router.get(
    '/business-hours/countries',
    route(
      app,
      {
        permission,
        summary: 'List the countries whose holidays are known, with their regions.',
        reply: pageSchema(holidayCountrySchema),
      },
      async () => ({ items: (await openHolidays()).listCountries(), next: null }),
    ),
  );
  router.get(
    '/business-hours/holidays',
    route(
      app,
      {
        permission,
        query: holidayQuerySchema,
        summary: 'List the holidays of a country in a year.',
        reply: pageSchema(publicHolidaySchema),
      },
      async ({ query: { country, region, year } }) => {
        const place = { country, region: region || null };
        await requireCountry(place, '');
        return { items: (await openHolidays()).book(place, year), next: null };
      },
    ),
  );
  router.get(
    '/business-hours/cities',
    route(app, { permission, summary: 'List the cities whose Shabbat times are known.', reply: pageSchema(shabbatCitySchema) }, () => ({
      items: listCities(),
      next: null,
    })),
  );
  router.post(
    '/business-hours/preview',
    route(
      app,
      {
        permission,
        body: hoursPreviewSchema,
        summary: 'Preview when the business would be open by these hours, day by day; nothing is stored.',
        reply: hoursPreviewReplySchema,
      },
      ({ body }) => previewHours(body, app.now()),
    ),
  );
  router.post(
    '/business-hours/calendar',
    route(
      app,
      {
        permission,
        body: calendarReadSchema,
        summary: 'Read a calendar file (iCalendar) into days off; nothing is stored.',
        reply: calendarReadingSchema,
      },
      ({ body }) => readCalendar(body.text, body.timeZone, app.now()),
    ),
  );
  router.patch(
    '/business-hours/:id',
    route(app, { permission, body: hoursPatchSchema, summary: 'Change business hours.', reply: businessHoursSchema }, ({ param, body }) =>
      changeBusinessHours(app, param('id'), body),
    ),
  );
  router.delete(
    '/business-hours/:id',
    route(app, { permission, summary: 'Remove business hours that are nowhere in use.' }, ({ param }) =>
      removeBusinessHours(app, param('id')),
    ),
  );
}

import type { Router } from 'express';
import * as z from 'zod';
import { customerExportSchema } from '../../shared/customer-export.ts';
import {
  customerImportSchema,
  importPlanSchema,
  importRowListSchema,
  importRowQuerySchema,
  importUploadSchema,
} from '../../shared/customer-import.ts';
import { bulkChangeSchema, customerJobListSchema, customerJobSchema } from '../../shared/customer-job.ts';
import type { App } from '../app.ts';
import { replyCsv } from '../transport/csv-reply.ts';
import { route } from '../transport/route.ts';
import { startChange } from './bulk-edit.ts';
import { prepareExport } from './customer-download.ts';
import { cancelJob, listJobs, requireJob, toJob, undoJob } from './customer-jobs.ts';
import { writeRefused } from './import-refused.ts';
import { checkImport, discardImport, getImport, listRows, runImport, takeIn } from './imports.ts';

const languageSchema = z.object({ language: z.enum(['he', 'en']).default('en') });

/** `wake`: there is work to do. */
export function bindCustomerJobRoutes(app: App, router: Router, wake: () => void): void {
  router.post(
    '/customers/changes',
    route(
      app,
      {
        permission: 'contacts:edit',
        body: bulkChangeSchema,
        status: 202,
        summary: 'Do the same to many customers, in the background; the same id again finds it as it stands.',
        reply: customerJobSchema,
      },
      async ({ caller, body }) => {
        const job = await startChange(app, caller, body);
        wake();
        return job;
      },
    ),
  );
  router.get(
    '/customer-jobs',
    route(
      app,
      { permission: 'contacts:edit', summary: "List the caller's latest changes and imports.", reply: customerJobListSchema },
      async ({ caller }) => ({
        items: await listJobs(app, caller),
        next: null,
      }),
    ),
  );
  router.get(
    '/customer-jobs/:id',
    route(
      app,
      { permission: 'contacts:edit', summary: 'Show how far a change or an import has come.', reply: customerJobSchema },
      async ({ caller, param }) => toJob(app, await requireJob(app, caller, param('id'))),
    ),
  );
  router.post(
    '/customer-jobs/:id/cancel',
    route(
      app,
      {
        permission: 'contacts:edit',
        summary: 'Stop a change or an import: a change stays where it was made by then, an import is taken back.',
        reply: customerJobSchema,
      },
      async ({ caller, param }) => {
        const job = await cancelJob(app, caller, param('id'));
        wake();
        return job;
      },
    ),
  );
  router.post(
    '/customer-jobs/:id/undo',
    route(
      app,
      {
        permission: 'contacts:edit',
        summary: 'Take a change or an import back, within seven days; what somebody has changed since stays.',
        reply: customerJobSchema,
      },
      async ({ caller, param }) => {
        const job = await undoJob(app, caller, param('id'));
        wake();
        return job;
      },
    ),
  );
  bindImportRoutes(app, router, wake);
  router.get(
    '/customers/export',
    route(
      app,
      {
        permission: 'contacts:export',
        query: customerExportSchema,
        summary: 'Export customers as a CSV or XLSX file, as they are found and shown in the list.',
      },
      async ({ caller, query, response }) => {
        const { fileName, write } = await prepareExport(app, caller, query);
        response.set({
          'Content-Type':
            query.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
          'Content-Disposition': `attachment; filename="${fileName}"`,
        });
        await write(response);
      },
    ),
  );
}

function bindImportRoutes(app: App, router: Router, wake: () => void): void {
  const permission = 'contacts:import';
  router.post(
    '/customer-imports',
    route(
      app,
      {
        permission,
        query: importUploadSchema,
        status: 201,
        summary: 'Take in a CSV file of customers, which is the body as it is. Nothing is written before it was checked and run.',
        reply: customerImportSchema,
      },
      async ({ caller, query, request }) => {
        await app.limits.spend('uploads', caller.agentId);
        return takeIn(app, caller, query, request);
      },
    ),
  );
  router.get(
    '/customer-imports/:id',
    route(
      app,
      { permission, summary: 'Show an import: its columns, its plan, and what was found.', reply: customerImportSchema },
      ({ caller, param }) => getImport(app, caller, param('id')),
    ),
  );
  router.get(
    '/customer-imports/:id/rows',
    route(
      app,
      { permission, query: importRowQuerySchema, summary: 'List rows of the file, with what becomes of each.', reply: importRowListSchema },
      ({ caller, param, query }) => listRows(app, caller, param('id'), query),
    ),
  );
  router.get(
    '/customer-imports/:id/refused',
    route(
      app,
      { permission, query: languageSchema, summary: 'Export the rows that were refused as a CSV file, each with what is wrong.' },
      ({ caller, param, query, response }) => replyCsv(response, 'refused.csv', writeRefused(app, caller, param('id'), query.language)),
    ),
  );
  router.post(
    '/customer-imports/:id/check',
    route(
      app,
      {
        permission,
        body: importPlanSchema,
        status: 202,
        summary: 'Judge every row by this plan, in the background; nothing is written.',
        reply: customerImportSchema,
      },
      async ({ caller, param, body }) => {
        const checked = await checkImport(app, caller, param('id'), body);
        wake();
        return checked;
      },
    ),
  );
  router.post(
    '/customer-imports/:id/run',
    route(
      app,
      { permission, status: 202, summary: 'Write what the check has found good.', reply: customerImportSchema },
      async ({ caller, param }) => {
        const running = await runImport(app, caller, param('id'));
        wake();
        return running;
      },
    ),
  );
  router.delete(
    '/customer-imports/:id',
    route(app, { permission, summary: 'Forget an import that was not run.' }, ({ caller, param }) =>
      discardImport(app, caller, param('id')),
    ),
  );
}

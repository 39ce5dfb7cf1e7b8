import type { InvoiceDocument } from '../invoice/invoice-document.js';
import { invoiceSheet, type InvoiceSheet, type Item, type Labelled } from '../invoice/sheet.js';
import { Html, html } from './html.js';
import { style } from './stylesheet.js';

/** An invoice as one page of HTML that stands by itself and prints well. */
export function invoicePage(document: InvoiceDocument): string {
  const sheet = invoiceSheet(document);
  const { standing, currency, lines, paymentInstructions, notes } = sheet;
  return html`<!doctype html>
    <html lang="en" dir="ltr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${sheet.title}</title>
        ${style}
      </head>
      <body>
        <main>
          ${when(sheet.isSpecimen, html`<p class="specimen">Specimen: not a valid invoice, because no seller is configured.</p> `)}
          <header class="head">
            <address>
              <p class="name">${sheet.seller.name}</p>
              ${linesOf('details', sheet.seller.details)}
            </address>
            <div>
              <h1>Invoice</h1>
              <p class="number">${sheet.number}</p>
            </div>
          </header>
          <div class="parties">
            <address>
              <h2>Billed to</h2>
              <p class="name">${sheet.customer.name}</p>
              ${linesOf('details', sheet.customer.details)}
            </address>
            <dl class="facts">${sheet.facts.map(labelled)}</dl>
          </div>
          <p class="standing ${standing.status}"><strong>${standing.amount}</strong> <span>${standing.words}</span></p>
          <table>
            <caption>
              All amounts are in ${currency}.
            </caption>
            <thead>
              <tr>
                <th scope="col">Description</th>
                <th scope="col">Quantity</th>
                <th scope="col">Unit price</th>
                <th scope="col">Amount</th>
              </tr>
            </thead>
            <tbody>
              ${lines.map(rowOf)}
            </tbody>
          </table>
          ${totals(sheet)} ${items('Credit applied', sheet.credits)} ${items('Payments received', sheet.payments)}
          ${when(
            paymentInstructions.length > 0,
            html`<section class="pay">
              <h2>How to pay</h2>
              ${linesOf('', paymentInstructions)}
            </section>`,
          )}
          ${when(notes.length > 0, html`<section class="notes">${linesOf('', notes)}</section>`)}
        </main>
      </body>
    </html> `.markup;
}

const nothing = new Html('');

const when = (isSo: boolean, part: Html): Html => (isSo ? part : nothing);

const labelled = ({ label, value }: Labelled): Html =>
  html`<dt>${label}</dt>
    <dd>${value}</dd>`;

const linesOf = (name: string, lines: readonly string[]): Html[] =>
  lines.map((line) => html`<p class="${name}">${line}</p>`);

const rowOf = ({ description, quantity, unitPrice, amount }: InvoiceSheet['lines'][number]): Html =>
  html`<tr>
    <td>${description}</td>
    <td>${quantity}</td>
    <td>${unitPrice}</td>
    <td>${amount}</td>
  </tr> `;

const totals = ({ totals: sums, open }: InvoiceSheet): Html =>
  html`<dl class="totals">
    ${sums.map(labelled)}
    <dt class="due">${open.label}</dt>
    <dd class="due">${open.value}</dd>
  </dl>`;

const items = (heading: string, all: readonly Item[]): Html =>
  when(
    all.length > 0,
    html`<section>
      <h2>${heading}</h2>
      <ul class="items">
        ${all.map(
          ({ words, reference, amount }) =>
            html`<li>
              <span>${words}</span><span class="amount">${amount}</span><span class="reference">${reference}</span>
            </li> `,
        )}
      </ul>
    </section> `,
  );

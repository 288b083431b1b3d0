"use strict";
// The list of findings: narrowed down, ordered and paged here; every text is set as text, never as markup.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { texts, columns, claimIds } = data;
  const total = columns.claim ? columns.claim.length : 0;
  const PAGE = 50;
  const SEARCHED = ["code", "provider", "rule", "message", "codes", "time", "severity", "disposition"];
  const LABELS = { rule: "Rule", carc: "CARC", code: "Code", provider: "NPI", time: "Service", severity: "Severity", disposition: "Disposition" };
  const wanted = {};
  let found = [];
  let page = 0;

  const get = (id) => document.getElementById(id);
  const text = (name, row) => (columns[name][row] === null ? "" : texts[columns[name][row]]);
  const words = (name) => name.replaceAll("_", " ");
  const dollars = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });
  const number = new Intl.NumberFormat("en-US");

  // Texts are compared once each, not once a row.
  const numbersOf = (test) => new Set(texts.flatMap((one, place) => (test(one) ? [place] : [])));

  function narrow() {
    const tests = [];
    for (const [key, value] of Object.entries(wanted)) {
      const numbers = numbersOf(key === "time" ? (one) => one.startsWith(value) : (one) => one === value);
      tests.push((row) => numbers.has(columns[key][row]));
    }
    for (const word of get("search").value.toLowerCase().split(/\s+/).filter(Boolean)) {
      const numbers = numbersOf((one) => one.toLowerCase().includes(word));
      tests.push((row) => SEARCHED.some((name) => numbers.has(columns[name][row])) || `claim ${columns.claim[row]}`.includes(word));
    }
    found = [];
    for (let row = 0; row < total; row += 1) if (tests.every((test) => test(row))) found.push(row);
    if (get("order").value) found.sort((one, other) => (columns.cents[other] ?? -Infinity) - (columns.cents[one] ?? -Infinity) || one - other);
    page = 0;
    show();
  }

  function cell(row, content, className) {
    const made = row.insertCell();
    if (className) made.className = className;
    made.append(...(Array.isArray(content) ? content : [content]));
    return made;
  }

  function span(content, className) {
    const made = document.createElement("span");
    made.className = className;
    made.textContent = content;
    return made;
  }

  function dot(disposition) {
    const made = span("", "dot");
    made.style.background = `var(--${disposition.replaceAll("_", "-")})`;
    return made;
  }

  function line(body, row) {
    const made = body.insertRow();
    const claim = columns.claim[row];
    const where = [text("file", row), columns.place[row] === null ? "" : `#${columns.place[row]}`].filter(Boolean).join(", ");
    cell(made, claimIds[claim] ?? `claim ${number.format(claim)}`).title = where;
    cell(made, columns.line[row] === null ? "" : String(columns.line[row]), "n");
    cell(made, text("code", row));
    cell(made, text("time", row));
    cell(made, columns.cents[row] === null ? "" : dollars.format(columns.cents[row] / 100), "n");
    const disposition = text("disposition", row);
    cell(made, disposition ? [dot(disposition), words(disposition)] : "");
    const severity = text("severity", row);
    const codes = text("codes", row);
    cell(made, [
      span(severity, `severity ${severity}`), span(text("rule", row), ""), " ", text("message", row),
      ...(codes ? [" ", span(codes, "carc")] : []),
    ]);
  }

  function show() {
    const body = document.createElement("tbody");
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    for (const row of found.slice(page * PAGE, (page + 1) * PAGE)) line(body, row);
    get("list").tBodies[0].replaceWith(body);
    const first = found.length ? page * PAGE + 1 : 0;
    const last = Math.min(found.length, (page + 1) * PAGE);
    get("shown").textContent = `${number.format(first)} to ${number.format(last)} of ${number.format(found.length)} findings`;
    get("page").textContent = `page ${number.format(page + 1)} of ${number.format(pages)}`;
    for (const button of document.querySelectorAll("[data-go]")) {
      button.disabled = ["first", "back"].includes(button.dataset.go) ? page === 0 : page >= pages - 1;
    }
    chips();
  }

  function chips() {
    get("chips").replaceChildren(...Object.entries(wanted).map(([key, value]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = `${LABELS[key]}: ${words(value)}`;
      button.setAttribute("aria-label", `No longer only ${LABELS[key]} ${words(value)}`);
      button.addEventListener("click", () => pick(key, ""));
      return button;
    }));
  }

  function pick(key, value) {
    if (value) wanted[key] = value;
    else delete wanted[key];
    const select = document.querySelector(`select[data-key="${key}"]`);
    if (select) select.value = value;
    narrow();
  }

  // A cell that a spreadsheet would take for a formula says that it is text (OWASP, CSV injection).
  const safe = (value) => `"${(/^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(value) ? "'" : "") + value.replaceAll('"', '""')}"`;

  function save(rows, name) {
    const content = rows.map((row) => row.map((value) => safe(String(value))).join(",")).join("\r\n");
    const link = document.createElement("a");
    // The mark at the beginning tells spreadsheets that it is UTF-8.
    link.href = URL.createObjectURL(new Blob([`\ufeff${content}\r\n`], { type: "text/csv" }));
    link.download = `${name}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  function savedFinding(row) {
    const claim = columns.claim[row];
    const cents = columns.cents[row];
    return [
      claimIds[claim] ?? `claim ${claim}`, text("file", row), columns.place[row] ?? "", columns.line[row] ?? "", text("code", row),
      text("time", row), text("provider", row), cents === null ? "" : (cents / 100).toFixed(2), text("disposition", row),
      text("severity", row), text("rule", row), text("message", row), text("codes", row),
    ];
  }

  const HEAD = ["claim", "file", "row", "line_number", "procedure_code", "service_date", "npi", "charge", "disposition", "severity", "rule_id", "message", "adjustment"];
  get("save").addEventListener("click", () => save([HEAD, ...found.map(savedFinding)], "findings"));

  for (const card of document.querySelectorAll(".card")) {
    const table = card.querySelector("table:not(#list)");
    if (!table) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "save";
    button.textContent = "CSV";
    button.setAttribute("aria-label", `Download as CSV: ${card.querySelector("h2").textContent}`);
    button.addEventListener("click", () => {
      const rows = [...table.rows].map((row) => [...row.cells].map((one) => one.textContent.trim().replace(/\s+/g, " ")));
      save(rows, card.getAttribute("aria-labelledby"));
    });
    card.querySelector("h2").after(button);
  }

  // What is folded is printed, too.
  const folded = () => [...document.querySelectorAll("main details:not([open])")];
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = folded();
    for (const one of opened) one.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
  });

  let waiting;
  get("search").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(narrow, 150);
  });
  get("order").addEventListener("change", narrow);
  document.querySelector(".filters").addEventListener("submit", (event) => event.preventDefault());
  for (const select of document.querySelectorAll("select[data-key]")) {
    select.addEventListener("change", () => pick(select.dataset.key, select.value));
  }
  for (const button of document.querySelectorAll(".pick")) {
    button.addEventListener("click", () => {
      pick(button.dataset.key, button.dataset.value);
      get("findings").scrollIntoView();
      get("findings").focus({ preventScroll: true });
    });
  }
  for (const button of document.querySelectorAll("[data-go]")) {
    button.addEventListener("click", () => {
      const last = Math.max(0, Math.ceil(found.length / PAGE) - 1);
      page = { first: 0, back: page - 1, next: page + 1, last }[button.dataset.go];
      show();
      get("list").scrollIntoView({ block: "nearest" });
    });
  }
  narrow();
})();

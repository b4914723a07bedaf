/**
 * Script of the coverage page: draws the rows that the filters let through, 200 at a time. The table is
 * one stop of the Tab key; arrows go from cell to cell, Enter explains one, Escape goes back to it.
 */
export const coveragePageScript = `
(function () {
  "use strict";
  var data = JSON.parse(document.getElementById("data").textContent);
  var head = document.querySelector(".map thead"), body = document.querySelector(".map tbody");
  var text = document.getElementById("text"), service = document.getElementById("service");
  var state = document.getElementById("state"), more = document.getElementById("more");
  var detail = document.getElementById("detail"), count = document.getElementById("count");
  var step = 200, shown = step, last = null;
  var worst = data.states.length - 1;
  function el(name, content, attributes) {
    var node = document.createElement(name);
    if (content !== undefined) node.textContent = content;
    for (var key in attributes || {}) node.setAttribute(key, attributes[key]);
    return node;
  }
  var tallies = data.cells.map(function (cell) {
    var on = 0, could = 0, most = worst;
    cell.forEach(function (index) {
      var at = data.reasons[index][0], name = data.states[at][0];
      if (name === "on") on += 1;
      if (name !== "not-applicable") could += 1;
      most = Math.min(most, at);
    });
    return { on: on, could: could, state: most };
  });
  data.columns.forEach(function (column) {
    service.appendChild(el("option", column[1], { value: column[0] }));
  });
  function columns() {
    return data.columns.map(function (_, i) { return i; }).filter(function (i) {
      return service.value === "" || data.columns[i][0] === service.value;
    });
  }
  function explain(account, i) {
    detail.textContent = "";
    var column = data.columns[i], cell = data.cells[data.rows[account[3]][i]];
    var close = el("button", "Close", { type: "button", "class": "plain" });
    close.addEventListener("click", leave);
    detail.appendChild(el("h2", account[1] + " (" + account[0] + "), " + column[1]));
    var table = el("table"), first = el("tr");
    ["Region", "State", "Why"].forEach(function (name) { first.appendChild(el("th", name, { scope: "col" })); });
    table.appendChild(first);
    cell.forEach(function (index, at) {
      var reason = data.reasons[index], row = el("tr"), known = data.states[reason[0]];
      var region = column[2][at];
      row.appendChild(el("th", region < 0 ? "global" : data.regions[region], { scope: "row" }));
      var word = el("td");
      word.appendChild(el("span", known[1] + " " + known[0], { "class": "tag s-" + known[0] }));
      row.appendChild(word);
      row.appendChild(el("td", reason[1]));
      table.appendChild(row);
    });
    detail.appendChild(table);
    detail.appendChild(close);
    detail.focus();
    detail.scrollIntoView({ block: "nearest" });
  }
  function leave() {
    detail.textContent = "";
    if (last) last.focus();
  }
  function cells() { return Array.prototype.slice.call(body.querySelectorAll(".cell")); }
  function go(cell) {
    var now = body.querySelector('.cell[tabindex="0"]');
    if (now) now.tabIndex = -1;
    cell.tabIndex = 0;
    cell.focus();
  }
  body.addEventListener("keydown", function (event) {
    var cell = event.target;
    if (!cell.classList.contains("cell")) return;
    var all = cells(), at = all.indexOf(cell), width = columns().length;
    var to = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + width, ArrowUp: at - width,
      Home: at - at % width, End: at - at % width + width - 1 }[event.key];
    if (to === undefined || !all[to]) return;
    event.preventDefault();
    go(all[to]);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && detail.textContent !== "") leave();
  });
  function draw() {
    var chosen = columns(), words = text.value.toLowerCase(), unit = -1;
    head.textContent = "";
    body.textContent = "";
    var first = el("tr");
    first.appendChild(el("th", "Account", { scope: "col" }));
    chosen.forEach(function (i) { first.appendChild(el("th", data.columns[i][0], { scope: "col", title: data.columns[i][1] })); });
    head.appendChild(first);
    var found = data.accounts.filter(function (account) {
      var name = (account[0] + " " + account[1] + " " + data.units[account[2]] + " " + data.tags[account[4]]).toLowerCase();
      if (words !== "" && name.indexOf(words) < 0) return false;
      if (state.value === "") return true;
      return chosen.some(function (i) {
        return data.cells[data.rows[account[3]][i]].some(function (index) {
          return data.states[data.reasons[index][0]][0] === state.value;
        });
      });
    });
    found.slice(0, shown).forEach(function (account) {
      if (account[2] !== unit) {
        unit = account[2];
        var line = el("tr");
        var group = el("th", undefined, { "class": "unit", scope: "rowgroup", colspan: chosen.length + 1 });
        group.appendChild(el("span", data.units[unit]));
        line.appendChild(group);
        body.appendChild(line);
      }
      var row = el("tr");
      row.appendChild(el("th", account[1], { scope: "row", title: account[1] + " (" + account[0] + ")" }));
      chosen.forEach(function (i) {
        var tally = tallies[data.rows[account[3]][i]], known = data.states[tally.state];
        var number = tally.could === 0 || data.columns[i][2].length === 1 ? "" : tally.on + "/" + tally.could + " ";
        var cell = el("td");
        var button = el("button", number + known[1], {
          type: "button", tabindex: "-1", "class": "cell s-" + known[0],
          "aria-label": account[1] + ", " + data.columns[i][1] + ": " + number + known[0]
        });
        button.addEventListener("click", function () { last = button; explain(account, i); });
        cell.appendChild(button);
        row.appendChild(cell);
      });
      body.appendChild(row);
    });
    var start = body.querySelector(".cell");
    if (start) start.tabIndex = 0;
    count.textContent = Math.min(shown, found.length) + " of " + found.length + " accounts";
    more.hidden = found.length <= shown;
  }
  [text, service, state].forEach(function (input) {
    input.addEventListener("input", function () { shown = step; draw(); });
  });
  document.querySelector("form").addEventListener("submit", function (event) { event.preventDefault(); });
  more.addEventListener("click", function () { shown += step; draw(); });
  draw();
})();
`;

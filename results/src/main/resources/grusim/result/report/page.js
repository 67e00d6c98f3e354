(function () {
  'use strict';
  var opened = [];
  var LONG = 30;

  function key(row, column) {
    return row.cells[column].getAttribute('data-key');
  }

  function order(number, sign) {
    return function (one, other) {
      if (one.key === null || one.key === '' || other.key === null || other.key === '') {
        return (one.key === null || one.key === '' ? 1 : 0) - (other.key === null || other.key === '' ? 1 : 0);
      }
      return sign * (number ? Number(one.key) - Number(other.key)
          : one.key.localeCompare(other.key, 'en', { numeric: true }));
    };
  }

  function sort(table, head, column) {
    var number = head.classList.contains('number');
    var before = head.getAttribute('aria-sort');
    var next = before === null ? (number ? 'descending' : 'ascending')
        : before === 'ascending' ? 'descending' : 'ascending';
    var body = table.tBodies[0];
    var rows = Array.prototype.map.call(body.rows, function (row) {
      return { row: row, key: key(row, column) };
    });
    rows.sort(order(number, next === 'ascending' ? 1 : -1));
    rows.forEach(function (each) { body.appendChild(each.row); });
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (cell) { cell.removeAttribute('aria-sort'); });
    head.setAttribute('aria-sort', next);
  }

  function filter(table) {
    var tools = document.createElement('div');
    var label = document.createElement('label');
    var input = document.createElement('input');
    var shown = document.createElement('span');
    var rows = Array.prototype.slice.call(table.tBodies[0].rows);
    input.type = 'search';
    input.placeholder = 'show rows that contain';
    input.setAttribute('aria-label', 'show rows that contain');
    shown.setAttribute('aria-live', 'polite');
    shown.textContent = rows.length + ' rows';
    label.appendChild(input);
    tools.className = 'tools';
    tools.appendChild(label);
    tools.appendChild(shown);
    input.addEventListener('input', function () {
      var wanted = input.value.toLowerCase();
      var count = 0;
      rows.forEach(function (row) {
        row.hidden = row.textContent.toLowerCase().indexOf(wanted) < 0;
        count += row.hidden ? 0 : 1;
      });
      shown.textContent = count + (wanted === '' ? '' : ' of ' + rows.length) + ' rows';
    });
    table.parentNode.parentNode.insertBefore(tools, table.parentNode);
  }

  document.querySelectorAll('table.sortable').forEach(function (table) {
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
      head.querySelector('button').addEventListener('click', function () { sort(table, head, column); });
    });
    if (table.tBodies[0].rows.length >= LONG) {
      filter(table);
    }
  });

  window.addEventListener('beforeprint', function () {
    opened = Array.prototype.filter.call(document.querySelectorAll('details'), function (each) { return !each.open; });
    opened.forEach(function (each) { each.open = true; });
  });
  window.addEventListener('afterprint', function () {
    opened.forEach(function (each) { each.open = false; });
  });
}());

(function () {
  'use strict';
  var form = document.querySelector('.filter');
  var verdict = document.getElementById('verdict');
  var words = document.getElementById('words');
  var rules = Array.from(document.querySelectorAll('details.rule'));
  form.hidden = false;
  form.addEventListener('submit', function (event) { event.preventDefault(); });
  function apply() {
    var wanted = words.value.toLowerCase();
    rules.forEach(function (rule) {
      var fits = verdict.value === '' ? true : rule.classList.contains(verdict.value);
      rule.hidden = fits ? rule.textContent.toLowerCase().indexOf(wanted) === -1 : true;
    });
    document.querySelectorAll('section.rules').forEach(function (section) {
      section.hidden = section.querySelector('details.rule:not([hidden])') === null;
    });
  }
  function show() {
    var rule = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (rule) { rule.open = true; rule.scrollIntoView(); }
  }
  verdict.addEventListener('change', apply);
  words.addEventListener('input', apply);
  window.addEventListener('hashchange', show);
  // On paper a rule that is kept is one line: its statement.
  window.addEventListener('beforeprint', function () {
    rules.forEach(function (rule) { if (!rule.classList.contains('pass')) { rule.open = true; } });
  });
  show();
}());

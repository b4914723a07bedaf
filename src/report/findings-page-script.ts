/** Script of the findings page: hides the rules that the filters do not let through. */
export const findingsPageScript = `
(function () {
  "use strict";
  var text = document.getElementById("text"), severity = document.getElementById("severity");
  var status = document.getElementById("status"), count = document.getElementById("count");
  var rules = Array.prototype.slice.call(document.querySelectorAll("details.rule"));
  function draw() {
    var words = text.value.toLowerCase(), shown = 0;
    rules.forEach(function (rule) {
      var fits = (words === "" || rule.textContent.toLowerCase().indexOf(words) >= 0) &&
        (severity.value === "" || rule.dataset.severity === severity.value) &&
        (status.value === "" || (" " + rule.dataset.statuses + " ").indexOf(" " + status.value + " ") >= 0);
      rule.hidden = !fits;
      if (fits) shown += 1;
    });
    count.textContent = shown + " of " + rules.length + " rules";
  }
  [text, severity, status].forEach(function (input) { input.addEventListener("input", draw); });
  document.querySelector("form").addEventListener("submit", function (event) { event.preventDefault(); });
  window.addEventListener("beforeprint", function () {
    rules.forEach(function (rule) { if (rule.dataset.statuses.indexOf("fail") >= 0) rule.open = true; });
  });
  draw();
})();
`;

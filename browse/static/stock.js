// The menu that Datasette's table.js puts at the heads of columns, in Chinese.

const words = {
  "Sort ascending": "升序排列", "Sort descending": "降序排列", "Facet by this": "按此列统计",
  "Hide this column": "隐藏此列", "Show all columns": "显示全部各列", "Show not-blank rows": "只看有值的行",
};

if (document.documentElement.lang.startsWith("zh")) {
  for (const link of document.querySelectorAll(".dropdown-menu li a")) {
    link.textContent = words[link.textContent] ?? link.textContent;
  }
}

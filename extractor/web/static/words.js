// Every word of the interface in both languages, Vietnamese first.
import { setting } from "./settings.js";

const WORDS = {
  product: ["Số liệu trong bài", "Figures in articles"],
  skip: ["Đến nội dung", "Skip to content"],
  overview: ["Tổng quan", "Overview"],
  findings: ["Phát hiện", "Findings"],
  figures: ["Số liệu", "Figures"],
  articles: ["Bài viết", "Articles"],
  article: ["Bài", "Article"],
  alarms: ["Cảnh báo", "Alarms"],
  doubts: ["Chỗ còn ngờ", "Doubts"],
  search: ["Tìm trong bài", "Search the articles"],
  searching: ["Đang tìm…", "Searching…"],
  filters: ["Bộ lọc", "Filters"],
  clear: ["Bỏ lọc", "Clear filters"],
  any: ["Tất cả", "All"],
  kind: ["Loại", "Kind"],
  verdict: ["Kết luận", "Verdict"],
  organization: ["Tổ chức", "Organization"],
  place: ["Địa danh", "Place"],
  period: ["Thời kỳ", "Period"],
  fromYear: ["Từ năm", "From year"],
  toYear: ["Đến năm", "To year"],
  onlyDoubts: ["Chỉ chỗ còn ngờ", "Doubtful only"],
  onlyAlarms: ["Mọi cảnh báo", "All alarms"],
  none: ["Không có gì khớp với bộ lọc.", "Nothing matches the filters."],
  noFindings: ["Không có phép kiểm nào trong bài này.", "No check applies in this article."],
  check: ["Phép kiểm", "Check"],
  arithmetic: ["Phép tính", "Arithmetic"],
  value: ["Giá trị", "Value"],
  modifier: ["Mức chính xác", "Hedge"],
  unit: ["Đơn vị", "Unit"],
  unitCode: ["Mã đơn vị", "Unit code"],
  entity: ["Đếm gì", "Entity"],
  status: ["Tình trạng", "Status"],
  published: ["Ngày đăng", "Published"],
  source: ["Nguồn", "Source"],
  asWritten: ["Nguyên văn", "As written"],
  evidence: ["Câu chứa số", "Sentence"],
  foundBy: ["Quy tắc", "Rules"],
  duplicateOf: ["Lặp lại", "Repeats"],
  repeated: ["lặp lại", "repeat"],
  otherReading: ["Cách đọc khác", "Other reading"],
  candidates: ["Có thể là", "May be"],
  unresolved: ["chưa rõ", "unresolved"],
  expanded: ["Viết đầy đủ", "In full"],
  today: ["nay thuộc", "now in"],
  code: ["mã", "code"],
  expected: ["Tính ra", "Computed"],
  reported: ["Bài ghi", "Reported"],
  gap: ["Chênh lệch", "Difference"],
  notInPlace: ["không khớp vị trí trong bài", "does not stand where it should"],
  warnings: ["Lưu ý khi đọc bài", "Warnings"],
  abbreviations: ["Chữ viết tắt", "Abbreviations"],
  definedHere: ["định nghĩa trong bài", "defined here"],
  fromLexicon: ["theo từ điển", "from the lexicon"],
  ambiguous: ["nhiều nghĩa", "ambiguous"],
  allFigures: ["Mọi số liệu trong bài", "All figures of this article"],
  legend: ["Chú giải", "Legend"],
  number: ["con số", "number"],
  hedge: ["từ rào đón", "hedge"],
  relations: ["Quan hệ", "Relations"],
  next: ["Phát hiện sau", "Next finding"],
  previous: ["Phát hiện trước", "Previous finding"],
  close: ["Đóng", "Close"],
  language: ["English", "Tiếng Việt"],
  dark: ["Nền tối", "Dark mode"],
  light: ["Nền sáng", "Light mode"],
  keys: ["Phím tắt n, p, Esc", "Keys n, p, Esc"],
  page: ["Trang", "Page"],
  of: ["trên", "of"],
  earlier: ["Trước", "Previous"],
  later: ["Sau", "Next"],
  byKind: ["Số liệu theo loại", "Figures by kind"],
  byVerdict: ["Phát hiện theo kết luận", "Findings by verdict"],
  byYear: ["Số liệu theo năm đăng bài", "Figures by year of publication"],
  noDate: ["không rõ ngày", "no date"],
  ambiguousFigures: ["Số liệu có hai cách đọc hoặc chưa rõ thời kỳ, địa danh", "Figures with two readings, or an open period or place"],
  openAbbreviations: ["Chữ tắt chưa rõ nghĩa", "Abbreviations left open"],
  articleWarnings: ["Bài có lưu ý khi đọc", "Articles with warnings"],
  undated: ["Bài không rõ ngày đăng", "Articles without a date"],
  notFound: ["Không tìm thấy bài này trong tập.", "No such article here."],
  failed: ["Không tải được:", "Could not load:"],
  bytext: ["Bài khớp", "Matching articles"],
  shown: ["kết quả", "results"],
  back: ["Về danh sách", "Back to the list"],
  share: ["Liên kết đến số này", "Link to this figure"],
  select: ["Chọn một con số hoặc một phát hiện để xem chi tiết.", "Choose a figure or a finding to see its details."],
  // the review desk
  reviewer: ["Người duyệt", "Reviewer"],
  reviewerName: ["Tên người duyệt", "Reviewer's name"],
  needName: ["Ghi tên trước khi quyết định.", "Give your name before deciding."],
  save: ["Lưu", "Save"],
  cancel: ["Thôi", "Cancel"],
  confirm: ["Đúng", "Confirm"],
  reject: ["Không phải số liệu", "Reject"],
  correct: ["Sửa", "Correct"],
  accept: ["Chấp nhận", "Accept"],
  dismiss: ["Bỏ qua", "Dismiss"],
  undo: ["Hoàn tác", "Undo"],
  note: ["Ghi chú", "Note"],
  decision: ["Quyết định", "Decision"],
  decisions: ["Quyết định", "Decisions"],
  undecided: ["Chưa duyệt", "Undecided"],
  decided: ["Đã duyệt", "Decided"],
  addFigure: ["Thêm số liệu bị sót", "Add a missed figure"],
  addHelp: ["Chọn con số và đơn vị trong bài rồi bấm, hoặc bấm rồi gõ lại những chữ ấy", "Select the number and its unit in the text and press, or press and type the words"],
  addWords: ["Những chữ trong bài", "Words of the article"],
  addWordsHelp: ["Chép nguyên văn con số và đơn vị, như: hơn 30 lượt", "Copy the number and its unit as they stand: hơn 30 lượt"],
  addPlace: ["Chỗ trong bài", "Place in the article"],
  find: ["Đọc số", "Read it"],
  added: ["người duyệt thêm", "added by a reviewer"],
  unitHelp: ["Chép nguyên văn trong bài; để trống nếu không có", "Copy from the article; leave empty if there is none"],
  confirmed: ["đúng", "confirmed"],
  rejected: ["không phải số liệu", "rejected"],
  corrected: ["đã sửa", "corrected"],
  accepted: ["chấp nhận", "accepted"],
  dismissed: ["bỏ qua", "dismissed"],
  done: ["đã duyệt xong", "done"],
  markDone: ["Duyệt xong bài này", "Article is done"],
  reviewed: ["đã duyệt", "reviewed"],
  low: ["Từ", "Low"],
  high: ["Đến", "High"],
  numberHelp: ["Viết như trong bài: 8.500 hoặc 32,83", "Write as in the article: 8.500 or 32,83"],
  entityHelp: ["Chép nguyên văn trong bài; để trống nếu bài không nói", "Copy from the article; leave empty if it does not say"],
  conflictHead: ["Người khác vừa quyết định chỗ này", "Someone else has just decided here"],
  conflictText: ["Quyết định của bạn chưa được lưu. Xem lại rồi bấm lần nữa nếu vẫn muốn ghi.", "Yours is not saved. Look at theirs, and press again if you still want to."],
  saved: ["Đã lưu", "Saved"],
  undone: ["Đã hoàn tác", "Undone"],
  history: ["Lịch sử", "History"],
  export: ["Tải về", "Download"],
  exportScreen: ["Những gì đang hiện", "What is on screen"],
  exportDecisions: ["Quyết định (JSON Lines)", "Decisions (JSON Lines)"],
  exportGold: ["Dữ liệu vàng của bài đã duyệt xong (JSON Lines)", "Gold data of finished articles (JSON Lines)"],
  paste: ["Thử một bài", "Try an article"],
  pasteText: ["Dán bài viết vào đây", "Paste an article here"],
  pasteDate: ["Ngày đăng (nếu biết)", "Publication date (if known)"],
  pasteRun: ["Tìm số liệu", "Find figures"],
  dropFile: ["hoặc thả một tệp vào đây (văn bản, HTML, JSON)", "or drop a file here (text, HTML, JSON)"],
  working: ["Đang đọc…", "Reading…"],
  pasteNote: ["Bài dán vào không được lưu.", "Pasted articles are not kept."],
  moreArticles: ["Tệp có nhiều bài; chỉ hiện những bài đầu:", "The file holds more articles; only the first are shown:"],
  lost: ["Mất liên lạc với máy chủ; đang thử lại.", "Lost the server; trying again."],
};

const NAMES = {
  class_count: ["Lớp, khóa", "Classes"],
  attendee_count: ["Người dự", "Attendees"],
  people_count: ["Số người", "People"],
  organization_count: ["Đơn vị, tổ chức", "Organizations"],
  event_count: ["Sự kiện", "Events"],
  item_count: ["Hiện vật", "Items"],
  money: ["Tiền", "Money"],
  percentage: ["Tỷ lệ %", "Percentages"],
  ratio: ["Tỷ số", "Ratios"],
  rate: ["Định mức", "Rates"],
  duration: ["Thời lượng", "Durations"],
  measure: ["Số đo", "Measures"],
  other_count: ["Số đếm khác", "Other counts"],
  exact: ["đúng bằng", "exact"],
  approximately: ["khoảng", "approximately"],
  almost: ["gần", "almost"],
  more_than: ["hơn", "more than"],
  less_than: ["dưới", "less than"],
  at_least: ["ít nhất", "at least"],
  at_most: ["nhiều nhất", "at most"],
  range: ["từ … đến …", "range"],
  order_of_magnitude: ["cỡ (hàng chục, hàng trăm…)", "order of magnitude"],
  achieved: ["đã đạt", "achieved"],
  planned: ["kế hoạch", "planned"],
  required: ["quy định", "required"],
  consistent: ["Khớp", "Consistent"],
  incomplete: ["Chưa kể đủ", "Incomplete"],
  does_not_add_up: ["Không khớp", "Does not add up"],
  exceeds_total: ["Vượt tổng", "Exceeds total"],
  conflict: ["Mâu thuẫn", "Conflict"],
  impossible: ["Không thể có", "Impossible"],
  parts_sum: ["Tổng các phần", "Sum of parts"],
  percent_sum: ["Tổng các tỷ lệ", "Sum of shares"],
  percent_of: ["Phần trăm của tổng", "Share of a whole"],
  product: ["Phép nhân", "Product"],
  same: ["Cùng một số", "Same figure"],
  ratio_percent: ["Tỷ số và tỷ lệ", "Ratio and share"],
  change: ["Tăng, giảm", "Change"],
  whole: ["tổng", "whole"],
  parts: ["các phần", "parts"],
  part: ["phần", "part"],
  percent: ["tỷ lệ", "percent"],
  count: ["số lượng", "count"],
  each: ["mỗi", "each"],
  total: ["tổng", "total"],
  figures: ["các số", "figures"],
  ratio_role: ["tỷ số", "ratio"],
  from: ["từ", "from"],
  to: ["đến", "to"],
  by: ["mức thay đổi", "by"],
};

function pick(pair) {
  return pair[setting("language") === "en" ? 1 : 0];
}

export function t(key) {
  return pick(WORDS[key]);
}

// The name of a kind, modifier, verdict, check or role; an unknown one is shown as it is.
export function nameOf(code) {
  return Object.hasOwn(NAMES, code) ? pick(NAMES[code]) : code;
}

// A message of a record in the reader's language.
export function say(message) {
  return message[setting("language")] ?? message.vi ?? message.en;
}

// Plain digits ("8500", "32.83", "5..7") as a reader writes them.
export function formatNumber(value) {
  if (value === null || value === undefined) return "";
  const plain = plainDigits(value);
  if (plain.includes("..")) return plain.split("..").map(formatNumber).join(" – ");
  const english = setting("language") === "en";
  const [whole, decimals] = plain.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, english ? "," : ".");
  return decimals ? `${grouped}${english ? "." : ","}${decimals}` : grouped;
}

function plainDigits(value) {
  const plain = String(value);
  if (!/e/i.test(plain)) return plain;
  return Number(value).toLocaleString("en-US", { useGrouping: false, maximumFractionDigits: 20 });
}

// An ISO date as a reader writes it.
export function formatDate(iso) {
  if (!iso) return "";
  const [year, month, day] = iso.split("-");
  return setting("language") === "en" ? iso : `${Number(day)}/${Number(month)}/${year}`;
}

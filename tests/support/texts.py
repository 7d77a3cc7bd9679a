"""An invented set of rules, so that searching and reading texts needs no official one."""

from __future__ import annotations

LOAN_RULES = """# 图书借阅管理办法

2024年3月1日 馆务会议通过

2024年5月1日 施行

## 第一章 总 则

第一条 为了方便读者，制定本办法。

第二条 读者凭借阅证借书。借阅证遗失的，应当立即挂失：

（一）本人到馆办理的，当场挂失；

（二）电话办理的，核对姓名后挂失。

挂失不收费用。

## 第二章 借阅、归还和

逾期

### 第一节 借阅期限

第三条 图书借阅期限为三十日。热门图书的借阅期限为十四日，可以续借一次。

第四 条读者借阅古籍的，由馆长批准。

第四条规定的古籍不得带出馆外。

### 第二节 逾期

第五条 逾期归还的，每日交纳一元滞纳金，最多不超过五十元。

第五条之一 因疫情闭馆的，逾期期间不计入。

附则

第六条 本办法由图书馆负责解释。
"""
"""Every trap of real texts: inner spaces, a broken heading, a misplaced space, a line that begins
by citing an article, a branch article, a bare 附则."""

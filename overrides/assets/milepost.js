/* What pages do in the browser beyond tables and search, which have files of their own. All of it reads without script. */

"use strict";

import { BarChart, BoxplotChart, CustomChart, HeatmapChart, LineChart, ScatterChart } from "echarts/charts";
import {
  AriaComponent,
  DataZoomInsideComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  MarkPointComponent,
  TooltipComponent,
  VisualMapComponent,
} from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

// Only what our charts use; loaded when the first one is shown.
echarts.use([
  LineChart,
  BarChart,
  ScatterChart,
  HeatmapChart,
  BoxplotChart,
  CustomChart,
  AriaComponent,
  GridComponent,
  TooltipComponent,
  LegendComponent,
  MarkLineComponent,
  MarkPointComponent,
  MarkAreaComponent,
  VisualMapComponent,
  DataZoomInsideComponent,
  CanvasRenderer,
]);

export const startChart = echarts.init;
export type { ECharts } from "echarts/core";
